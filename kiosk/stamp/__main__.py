"""Look at a card in a process of its own: the memory that takes ends with it.

Reads a lettering and a layout, pickled, and writes a line for each fault.
"""

import pickle
import sys

from kiosk.stamp import faults

lettering, layout = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our own parent
sys.stdout.writelines(f"{fault}\n" for fault in faults(lettering, layout))
