"""Bilagsbot keys vouchers from spreadsheets into programs that have no API, and brings back a receipt for each."""
