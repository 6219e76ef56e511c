"""How an assistant sees Miro: groups become MCP tools; results and errors become text."""
