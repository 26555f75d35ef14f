"""What the answers say: statistics on arrays first, tidy frames around them."""
