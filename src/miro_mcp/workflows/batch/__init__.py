"""Many operations in one call: checked as a whole, asked about once, run in parallel where nothing depends."""
