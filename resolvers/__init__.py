"""One function for every field that does work: plain values in, runtime records out."""
