"""Run ngshare as a service of the hub, on loopback: its own program listens on every interface of the machine."""

from ngshare import ngshare


class LoopbackServer(ngshare.HTTPServer):
    """A server that others on the network can not reach."""

    def listen(self, port, address="", **options):
        """Listen on loopback, whatever the address."""
        super().listen(port, "127.0.0.1", **options)


ngshare.HTTPServer = LoopbackServer
ngshare.main()
