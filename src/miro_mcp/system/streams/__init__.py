"""The standard streams: lines that come in, MCP over them, and streams that are closed, full or read by nobody."""
