"""An organization as values: its people, teams, projects and user groups, and who of them reaches which board."""
