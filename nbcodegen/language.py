"""Which of our two languages a request is in, by its small words."""

from __future__ import annotations

import re

from nbcodegen.linking import plain

_SPANISH = frozenset(
    """de del la las el los un una por para con sin que cual cuales cuantos cuantas cuanto cada
    segun mas menos entre y o en es son como donde cuando quien dame haz pon dime quiero ver muestra
    muestrame lista ordena ordenar filtra agrupa grafica grafico graficar dibuja pinta histograma
    medio media promedio mediana suma barras lineas tabla dispersion elimina quita borra crea
    columna columnas fila filas datos ahora solo primeros primeras ultimos ultimas mayor menor hay
    tienen porcentaje numero ano anos mes meses dia dias nube cajas acumulado cambia
    rellena""".split()
)
_ENGLISH = frozenset(
    """the of by for with without and or in to from how many much what which who show plot draw
    average mean median per each all only sort filter group count number highest lowest top first
    last is are rows columns column chart bar bars line pie as make add drop fill between than
    more less where when now it list give me find get that have has over under on year
    month""".split()
)


def language(request: str) -> str:
    """Return `es` or `en`; names of tables and columns are often English in Spanish requests.

    >>> language("precio medio por neighborhood"), language("average price by barrio")
    ('es', 'en')
    """
    if re.search("[¿¡]", request):
        return "es"
    words = plain(request).split()
    words = [word.strip(".,;:!?()\"'") for word in words]
    spanish = sum(word in _SPANISH for word in words)
    english = sum(word in _ENGLISH for word in words)
    return "es" if spanish > english else "en"
