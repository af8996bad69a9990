"""Buyers, their devices and addresses; staff, roles and permissions."""
