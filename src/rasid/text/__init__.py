"""Letters, words and sentences, with exact offsets into the original text."""
