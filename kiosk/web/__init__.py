"""The booth on a screen: the only code that knows Flask, gunicorn and Socket.IO.

It imports nothing here: the process that watches the server holds no camera library.
"""
