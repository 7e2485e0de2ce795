"""The outermost floor: HTTP, the socket, downloads, webhooks, the client, the command line."""
