"""What programs may fetch, and plain words for what they may not."""
