"""python3 -m billing NUMBER: an invoice as text."""

import sys

from .money import show
from .store import invoice

found = invoice(sys.argv[1])
print("%s for %s" % (found.number, found.customer))
for line in found.lines:
    print("  %3d x %-28s %12s" % (line.quantity, line.text, show(line.cents)))
print("  net   %s\n  tax   %s\n  total %s" % (show(found.net), show(found.tax), show(found.total)))
