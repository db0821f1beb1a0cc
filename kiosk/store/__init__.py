"""The only SQL in kiosk."""
