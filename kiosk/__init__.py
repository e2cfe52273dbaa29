"""The booth: guests, pledges, cards and the wall."""
