"""Words of labels and titles in generated code, in the language of the request.

Templates are written in English where they are used; what is not listed here stays so.
"""

from __future__ import annotations

_LINES = """
    count = recuento
    percent = porcentaje
    count of {} = recuento de {}
    percent of {} = porcentaje de {}
    count {} = recuento {}
    percent {} = porcentaje {}
    mean of {} = media de {}
    sum of {} = suma de {}
    median of {} = mediana de {}
    std of {} = desviación de {}
    var of {} = varianza de {}
    range of {} = rango de {}
    min {} = mínimo de {}
    max {} = máximo de {}
    first {} = primer {}
    last {} = último {}
    unique {} = {} distintos
    most common {} = {} más común
    missing {} = {} ausentes
    p{} of {} = p{} de {}
    mean {} = media de {}
    sum {} = suma de {}
    median {} = mediana de {}
    cumulative {} = {} acumulado
    running max {} = máximo acumulado de {}
    {} change = cambio de {}
    {} pct change = cambio porcentual de {}
    previous {} = {} anterior
    {} rank = puesto por {}
    {} share = porcentaje de {}
    {} zscore = zscore de {}
    scaled {} = {} escalado
    rolling {} = {} móvil
    {} by {} = {} por {}
    {} plus {} = {} más {}
    {} minus {} = {} menos {}
    {} times {} = {} por {}
    {} per {} = {} entre {}
    absolute {} = {} absoluto
    rounded {} = {} redondeado
    sqrt {} = raíz de {}
    number within {} = número en {}
    {} count = recuento de {}
    first word of {} = primera palabra de {}
    last word of {} = última palabra de {}
    {} length = longitud de {}
    {} words = palabras de {}
    {} prefix = prefijo de {}
    {} group = grupo de {}
    group = grupo
    choice = elección
    year = año
    month = mes
    quarter = trimestre
    week = semana
    day = día
    hour = hora
    days = días
    date = fecha
    weekday = día de la semana
    {} and {} = {} y {}
    distribution of {} = distribución de {}
    frequency = frecuencia
    density = densidad
    correlations = correlaciones
"""
_SPANISH = dict(line.strip().split(" = ") for line in _LINES.strip().splitlines())


def say(lang: str, template: str, *parts: str) -> str:
    """Fill a template in `lang`, `en` or `es`.

    >>> say("en", "mean of {}", "price"), say("es", "mean of {}", "precio")
    ('mean of price', 'media de precio')
    """
    return (_SPANISH.get(template, template) if lang == "es" else template).format(*parts)
