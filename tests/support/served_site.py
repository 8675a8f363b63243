"""A folder on a loopback port, as a public host serves it: packed, and to pages of other places as well.

Browsers may keep what they have got, but not pages and data, which a test may change.
"""

import gzip
import threading
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parents[2] / "build/site"
PACKED = (".html", ".css", ".js", ".svg", ".json", ".inv")


@cache
def _packed(path, changed):
    """The file's bytes, packed once: pages share their scripts; changed: when it was."""
    return gzip.compress(path.read_bytes())


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        if not self.path.partition("?")[0].endswith((".html", ".json", "/")):
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if self.path == "/favicon.ico":  # browsers ask for it unasked
            self.send_response(204)
            return self.end_headers()
        if path.suffix not in PACKED or not path.is_file():
            return super().do_GET()
        body = _packed(path, path.stat().st_mtime_ns)
        self.send_response(200)
        for name, value in {
            "Content-Type": self.guess_type(path),
            "Content-Encoding": "gzip",
            "Content-Length": len(body),
        }.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder=SITE):
    """Serve a folder; yields its address, without the slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def first_visit(browser, address, ready):
    """Open a page with nothing in the browser's store; returns (page, {address: bytes on the wire}).

    ready: an expression that is true once the page can be used.
    """
    page = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    weights = {}
    page.on("requestfinished", lambda request: weights.update({request.url: weight(request)}))
    page.goto(address)
    page.wait_for_function(ready)
    page.wait_for_load_state("networkidle")
    return page, weights


def weight(request):
    """Bytes of an answer on the wire."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
