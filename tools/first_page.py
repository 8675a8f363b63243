"""Measure the first page of the built site: bytes on the wire and time until its picture answers, on a loopback port.

make site && python -m tools.first_page
"""

import statistics
import sys
import tempfile

from tests.support.jupyter_browser import CHROMIUM, chromium
from tests.support.served_site import SITE, first_visit, served

VISITS = 9
WHEN = "performance.getEntriesByName('ftg-ready')[0].startTime"  # a mark of the site's script


def main():
    if CHROMIUM is None or not (SITE / "index.html").exists():
        sys.exit("the first page needs chromium on PATH and a site: make site")
    times = []
    with served() as address, tempfile.TemporaryDirectory() as folder, chromium(folder) as browser:
        for _ in range(VISITS):
            page, weights = first_visit(
                browser, f"{address}/index.html", "() => document.querySelector('[data-ready]')"
            )
            times.append(page.evaluate(WHEN))
            page.context.close()
    for url, weight in sorted(weights.items(), key=lambda item: -item[1]):
        print(f"{weight / 1000:8.1f} kB  {url.removeprefix(address)[:90]}")
    print(f"{sum(weights.values()) / 1000:8.1f} kB  in {len(weights)} requests, packed with gzip")
    print(f"{statistics.median(times):8.0f} ms  until the picture answers, the median of {VISITS} first visits")
    print(f"{max(times):8.0f} ms  the slowest of them")


if __name__ == "__main__":
    main()
