"""Make a bucket agree with what was wished, for ever: files and keys, no pledges."""
