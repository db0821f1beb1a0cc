"""Pictures of every screen, for whoever wants to look at the station without starting it."""
