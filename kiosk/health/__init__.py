"""Is every part of the station ready? One module a part; each says how it is and what to do, in words."""
