"""Reaching anybody: over the network, or on this machine."""

import ctypes, errno, os, socket

libc = ctypes.CDLL(None, use_errno=True)
socket.setdefaulttimeout(3)


def any_works(*attempts):
    for attempt in attempts:
        try:
            print(attempt(), "BREACHED")
        except Exception as error:
            print(type(error).__name__)


# %% tcp [bare]: connect over IPv4
socket.create_connection(("127.0.0.1", {port})).sendall(b"x")
"BREACHED"

# %% tcp6 [ipv6, bare]: connect over IPv6
socket.create_connection(("::1", {port6})).sendall(b"x")
"BREACHED"

# %% udp [bare]: send without a connection
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {udp}))
"BREACHED"

# %% unix [bare]: connect to a socket in a folder
socket.socket(socket.AF_UNIX).connect("{sock}")
"BREACHED"

# %% abstract_unix [bare]: connect to a socket that has no file
socket.socket(socket.AF_UNIX).connect("\0{mark}")
"BREACHED"

# %% pair [bare]: two connected sockets, to pass descriptors over
any_works(lambda: socket.socketpair(), lambda: os.pipe())

# %% families: sockets of every family and kind
for family in range(46):
    for kind in (1, 2, 3, 5):
        for protocol in (0, 1, 6, 255):
            got = libc.socket(family, kind, protocol)
            if got >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.EACCES):
                print("BREACHED", family, kind, protocol, got, ctypes.get_errno())

# %% serve [bare]: wait for others to connect
socket.create_server(("127.0.0.1", 0))
"BREACHED"

# %% names: ask a name server
any_works(
    lambda: socket.getaddrinfo("example.org", 80), lambda: socket.gethostbyname("example.org")
)

# %% names_by_hand [bare]: a question in the form of name servers, with data in the name
question = b"\x12\x34\x01\x00\x00\x01" + bytes(6) + b"\x07private\x04data\x00\x00\x01\x00\x01"
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(question, ("127.0.0.1", {udp}))
"BREACHED"

# %% urllib [bare]: fetch a page
import urllib.request

urllib.request.urlopen("http://127.0.0.1:{port}/", timeout=0.1).read()
"BREACHED"

# %% http_client [bare]: post data to a page
import http.client

http.client.HTTPConnection("127.0.0.1", {port}).request("POST", "/", "private")
"BREACHED"

# %% pandas_reads_a_page: readers of pandas take addresses
import pandas as pd

pd.read_csv("http://127.0.0.1:{port}/table.csv")
"BREACHED"

# %% pandas_writes_a_page: writers of pandas take addresses
import pandas as pd

pd.DataFrame({"a": [1]}).to_csv("http://127.0.0.1:{port}/table.csv")
"BREACHED"

# %% pyarrow_file_systems: file systems of pyarrow that lie elsewhere
import pyarrow.fs as fs

any_works(
    lambda: fs.S3FileSystem(
        anonymous=True,
        endpoint_override="127.0.0.1:{port}",
        scheme="http",
        connect_timeout=1,
        request_timeout=1,
    ).get_file_info("bucket"),
)

# %% asynchronous [bare]: an event loop of asyncio
import asyncio

asyncio.run(asyncio.open_connection("127.0.0.1", {port}))
"BREACHED"

# %% c_library [bare]: socket and connect of libc
import struct

number = libc.socket(2, 1, 0)
address = struct.pack("=HH4s8x", 2, socket.htons({port}), bytes([127, 0, 0, 1]))
if number < 0 or libc.connect(number, address, len(address)):
    raise OSError(ctypes.get_errno(), "connect")
"BREACHED"

# %% raw_calls [x86-64, bare]: the calls by number: socket, connect, sendto, socketpair, bind, listen
for number in (41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 54, 288, 299, 307):
    got = libc.syscall(number, *[ctypes.c_long(-1)] * 6)
    if got >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        print("BREACHED", number, ctypes.get_errno())

# %% descriptor_is_a_socket: speak over whatever is open
for number in range(1024):
    any_works(lambda: socket.socket(fileno=number).sendall(b"x"))
