"""One report in, one Reading out: claims assembled, merged, weighed; evaluation and explanation."""
