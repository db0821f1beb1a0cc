"""Eyes, scanner and printer. Knows nothing of kiosk or sync."""
