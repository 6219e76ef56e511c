"""What the operating system gives: files, locks, logs, the terminal, stdio."""
