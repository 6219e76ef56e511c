"""An organization worth reviewing, made when it is asked for: forty people, four teams, sixty boards, six months."""
