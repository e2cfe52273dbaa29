"""Cameras: frames, and nothing about who is in them."""

import os

# OpenCV reads these when it opens a camera. Without the first an unplugged USB
# camera holds a read for 10 s; the second keeps FFMPEG from saving up frames; the
# third keeps one complaint a second about a camera that is away off the terminal.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault(
    "OPENCV_FFMPEG_CAPTURE_OPTIONS",
    "fflags;nobuffer|flags;low_delay|rtsp_transport;tcp",
)
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
