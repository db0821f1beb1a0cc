"""A relay: keeps sealed declarations of stations on the LAN, forwards them, unread, as one more station."""
