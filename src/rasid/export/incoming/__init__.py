"""Files read back into records and claims, row by row, with errors that name row, column and mend."""
