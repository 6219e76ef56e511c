"""What commands do: a module per command, with `run(options)`; cli.py imports the one it needs."""
