"""What calls delete or overwrite on boards, kept before it goes, so that it can be made again."""
