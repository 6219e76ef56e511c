"""The organization: its people, teams, projects, and user groups with what they may reach."""
