import os  # NB101
import os.path as p  # NB101
import pandas, subprocess  # NB101
import importlib  # NB101
import pickle as np2  # NB101
import urllib.request  # NB101
from urllib.parse import urlparse
from urllib import request, parse  # NB101
from os import path  # NB101
from pathlib import Path  # NB101
from concurrent.futures import ThreadPoolExecutor  # NB101
from pandas.io.common import os as mine  # NB101
from matplotlib.cbook import gzip  # NB101
from joblib import load  # NB101
from scipy import signal
import scipy.signal
import io, json, time, ast, html


def helper():
    import socket  # NB101

    return socket.gethostname()


try:
    import requests  # NB101
except ImportError:
    requests = None

os.remove("x")
pd.io.common.os.system("ls")  # NB101
pd.compat.pickle_compat.pickle  # NB101
np.ctypeslib.load_library("x", ".")  # NB101
plt.os.getcwd()  # NB101
pandas.io.common.zipfile  # NB101
getattr(pd.io.common, "os").system("ls")  # NB101
json.codecs.sys.modules["os"]  # NB101
io.os.environ  # NB101
q = pd.io
q.common.os.getpid()  # NB101
(w := np.lib)
w.npyio.os.getpid()  # NB101
(
    plt
    .sys  # NB101
    .exit()
)
import random
random._os.system("ls")  # NB101

np.select([homes["price"] > 3], ["high"], default="low")
np.trace(np.eye(3))
pd.io.formats.style.Styler(homes)
scipy.signal.find_peaks(homes["price"])
signal.welch(homes["price"])
odd.os.value_counts()
odd["os"].str.upper()
homes.rename(columns={"price": "os"}).os.nunique()
homes.plot(title="import os; os.system('ls')")
