"""The page that shows the sandbox's boards, with its script and style."""
