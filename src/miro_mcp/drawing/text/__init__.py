"""Text in pictures: fonts, measuring, line breaks."""
