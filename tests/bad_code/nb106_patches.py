import matplotlib
import pandas as pd
import numpy as np
from pandas import DataFrame
pd.DataFrame.mean = lambda table: 0  # NB106
DataFrame.__len__ = len  # NB106
np.random.seed = None  # NB106
del pd.read_csv  # NB106
pd.options.display.max_rows = 20
matplotlib.rcParams["figure.dpi"] = 100
homes.columns = list("abcdefg")
homes.note = "mine"
