"""What each word of the plan language means, in English and in Spanish: data for `words`.

`{0}` and `{1}` are what the word applies to. Lists are joined by commas.
"""

from __future__ import annotations

from collections.abc import Mapping

Phrases = Mapping[str, tuple[str, str]]


def _table(text: str) -> dict[str, tuple[str, str]]:
    """Read `word = english = spanish` lines."""
    rows = (line.split(" = ") for line in text.strip().splitlines())
    return {word.strip(): (english.strip(), spanish.strip()) for word, english, spanish in rows}


EXPRESSIONS: Phrases = _table("""
    add = {0} + {1} = {0} + {1}
    sub = {0} − {1} = {0} − {1}
    mul = {0} × {1} = {0} × {1}
    div = {0} ÷ {1} = {0} ÷ {1}
    abs = absolute value of {0} = valor absoluto de {0}
    round = {0} rounded to {1} decimals = {0} redondeado a {1} decimales
    log = logarithm of {0} = logaritmo de {0}
    sqrt = square root of {0} = raíz cuadrada de {0}
    cumsum = running total of {0} = acumulado de {0}
    cummax = running maximum of {0} = máximo acumulado de {0}
    diff = change in {0} from the row before = cambio de {0} respecto a la fila anterior
    pctchange = percent change in {0} = cambio porcentual de {0}
    shift = {1}, {0} rows before = {1}, {0} filas antes
    rank = rank of {1} ({0}) = posición por {1} ({0})
    share = share of {0} in its total, in percent = porcentaje de {0} sobre su total
    zscore = z-score of {0} = puntuación z de {0}
    minmax = {0} scaled from 0 to 1 = {0} escalado de 0 a 1
    rolling = rolling {0} of {2} over {1} rows = {0} móvil de {2} en {1} filas
    year = year of {0} = año de {0}
    month = month number of {0} = número de mes de {0}
    quarter = quarter of {0} = trimestre de {0}
    weekno = week number of {0} = número de semana de {0}
    day = day of the month of {0} = día del mes de {0}
    hour = hour of {0} = hora de {0}
    days = days from {0} to {1} = días de {0} a {1}
    ym = month of {0} = mes de {0}
    yq = year and quarter of {0} = año y trimestre de {0}
    yw = week of {0} = semana de {0}
    date = day of {0} = día de {0}
    weekday = weekday of {0} = día de la semana de {0}
    monthname = month name of {0} = nombre del mes de {0}
    todate = {0} as a date = {0} como fecha
    len = length of {0} = longitud de {0}
    words = number of words in {0} = número de palabras de {0}
    tonum = {0} as a number = {0} como número
    lower = {0} in lower case = {0} en minúsculas
    upper = {0} in upper case = {0} en mayúsculas
    title = {0} in title case = {0} con mayúsculas iniciales
    strip = {0} without outer spaces = {0} sin espacios sobrantes
    firstword = first word of {0} = primera palabra de {0}
    lastword = last word of {0} = última palabra de {0}
    prefix = first {0} characters of {1} = primeros {0} caracteres de {1}
    concat = {0} joined with {1} = {0} unido con {1}
    swap = {0} with {1} replaced by {2} = {0} cambiando {1} por {2}
    cut = {0} in {1} equal ranges = {0} en {1} rangos iguales
    qcut = {0} in {1} groups of equal size = {0} en {1} grupos de igual tamaño
    cutat = {0} cut at {1} = {0} cortado en {1}
    pick = {1} if {0}, else {2} = {1} si {0}, si no {2}
    per = {1} within each {0} = {1} dentro de cada {0}
    cumcount = row number = número de fila
    flag = whether {0} = si {0}
    const = {0} = {0}
    scalar = {0} = {0}
    given = {1} where {0} = {1} donde {0}
    size = number of rows = número de filas
    pct = percent of rows = porcentaje de filas
    mean = mean of {0} = media de {0}
    sum = sum of {0} = suma de {0}
    median = median of {0} = mediana de {0}
    std = standard deviation of {0} = desviación típica de {0}
    var = variance of {0} = varianza de {0}
    range = range of {0} = rango de {0}
    sumpct = percent of the total of {0} = porcentaje del total de {0}
    min = minimum of {0} = mínimo de {0}
    max = maximum of {0} = máximo de {0}
    nunique = number of distinct {0} = número de {0} distintos
    count = number of values of {0} = número de valores de {0}
    mode = most common {0} = {0} más frecuente
    first = first {0} = primer valor de {0}
    last = last {0} = último valor de {0}
    missing = number of missing {0} = número de {0} ausentes
    quantile = percentile {0} of {1} = percentil {0} de {1}
    countif = number of rows where {0} = número de filas donde {0}
    pctif = percent of rows where {0} = porcentaje de filas donde {0}
    sumif = sum of {1} where {0} = suma de {1} donde {0}
    meanif = mean of {1} where {0} = media de {1} donde {0}
    and = {0} and {1} = {0} y {1}
    or = {0} or {1} = {0} o {1}
    not = not ({0}) = no ({0})
    eq = {0} is {1} = {0} es {1}
    ne = {0} is not {1} = {0} no es {1}
    gt = {0} > {1} = {0} > {1}
    ge = {0} ≥ {1} = {0} ≥ {1}
    lt = {0} < {1} = {0} < {1}
    le = {0} ≤ {1} = {0} ≤ {1}
    between = {0} is between {1} and {2} = {0} está entre {1} y {2}
    in = {0} is one of {1} = {0} es uno de {1}
    notin = {0} is none of {1} = {0} no es ninguno de {1}
    isna = {0} is missing = falta {0}
    notna = {0} is present = {0} no falta
    contains = {0} contains {1} = {0} contiene {1}
    startswith = {0} starts with {1} = {0} empieza por {1}
    endswith = {0} ends with {1} = {0} termina en {1}
    istrue = {0} is true = {0} es verdadero
    isfalse = {0} is false = {0} es falso
    outlier = {0} is an outlier (IQR) = {0} es un valor atípico (IQR)
    zoutlier = {0} is an outlier (z-score) = {0} es un valor atípico (puntuación z)
    toppct = {1} is in the top {0} percent = {1} está en el {0} % superior
    bottompct = {1} is in the bottom {0} percent = {1} está en el {0} % inferior
    duplicated = the row is repeated {0} = la fila se repite {0}
    inother = {0} is found in {1} = {0} aparece en {1}
    notinother = {0} is not found in {1} = {0} no aparece en {1}
    asc = from low to high = de menor a mayor
    desc = from high to low = de mayor a menor
    auto = a new column = una columna nueva
    permean = the mean of its {0} = la media de su {0}
    permedian = the median of its {0} = la mediana de su {0}
    val = {0} = {0}
""")

STEPS: Phrases = _table("""
    where = where {0} = donde {0}
    head = first {0} = primeros {0}
    tail = last {0} = últimos {0}
    sample = {0} random rows = {0} filas al azar
    cols = only {0} = solo {0}
    drop = without {0} = sin {0}
    distinct = distinct values = valores distintos
    dedup = without repeated rows {0} = sin filas repetidas {0}
    dropna = without rows that miss {0} = sin las filas a las que falta {0}
    dropnaall = without empty rows = sin filas vacías
    dropnacols = without columns that have gaps = sin columnas con huecos
    fill = gaps of {1} filled with {0} = huecos de {1} rellenados con {0}
    rename = {0} renamed to {1} = {0} renombrado a {1}
    renamelower = column names in lower case = nombres de columnas en minúsculas
    renamesnake = column names in snake_case = nombres de columnas en snake_case
    cast = {1} converted to {0} = {1} convertido a {0}
    set = {0} set to {1} = {0} cambiado a {1}
    new = new column {0}: {1} = columna nueva {0}: {1}
    text = {1} cleaned: {0} = {1} limpiado: {0}
    replace = {1} replaced by {2} in {0} = {1} cambiado por {2} en {0}
    index = {0} as the index = {0} como índice
    reset = with a fresh index = con índice nuevo
    eachtop = first {0} by {2} ({1}) in each {3} = primeros {0} por {2} ({1}) en cada {3}
    melt = turned from wide to long = de formato ancho a largo
    dummies = {0} as indicator columns = {0} como columnas indicadoras
    wide = last key as columns = la última clave en columnas
    widepct = as percent of each row = en porcentaje de cada fila
    save = saved to the table = guardado en la tabla
    count = number of rows = número de filas
    stat = {0} = {0}
    describe = summary statistics of {0} = estadísticas de {0}
    info = overview of the columns = resumen de las columnas
    shape = number of rows and columns = número de filas y columnas
    dtypes = types of the columns = tipos de las columnas
    columns = names of the columns = nombres de las columnas
    missing = missing values of each column = valores ausentes de cada columna
    missingpct = percent missing of each column = porcentaje ausente de cada columna
    dups = number of repeated rows = número de filas repetidas
    corr = correlation of {0} and {1} = correlación entre {0} y {1}
    corrmat = correlations of all numbers = correlaciones de todos los números
    corrwith = correlations with {0} = correlaciones con {0}
    pctwhere = percent of rows where {0} = porcentaje de filas donde {0}
    bar = as a bar chart = como gráfico de barras
    barh = as a horizontal bar chart = como gráfico de barras horizontales
    stacked = as stacked bars = como barras apiladas
    stackedh = as stacked horizontal bars = como barras horizontales apiladas
    line = as a line chart = como gráfico de líneas
    area = as an area chart = como gráfico de áreas
    pie = as a pie chart = como gráfico circular
    scatter = as a scatter chart = como gráfico de dispersión
    hexbin = as a hexbin chart = como gráfico hexagonal
    hist = as a histogram = como histograma
    kde = as a density curve = como curva de densidad
    box = as a box plot = como diagrama de caja
    violin = as a violin plot = como diagrama de violín
    heat = as a heat map = como mapa de calor
    heatcorr = heat map of correlations = mapa de calor de correlaciones
    pairs = scatter charts of all pairs = dispersión de todos los pares
    histall = histograms of all numbers = histogramas de todos los números
    boxall = box plots of all numbers = diagramas de caja de todos los números
""")

OPTIONS: Phrases = _table("""
    title = titled {0} = titulado {0}
    xlabel = x axis {0} = eje x {0}
    ylabel = y axis {0} = eje y {0}
    logx = log x axis = eje x logarítmico
    logy = log y axis = eje y logarítmico
    grid = with a grid = con cuadrícula
    nolegend = without a legend = sin leyenda
    color = in {0} = en {0}
    bins = {0} bins = {0} intervalos
    hue = coloured by {0} = con color por {0}
    bubble = sized by {0} = con tamaño por {0}
    trend = with a trend line = con línea de tendencia
""")

GLUE: Phrases = _table("""
    by = by = por
    versus = of {0} against {1} = de {0} según {1}
    of = of {0} = de {0}
    sorted = sorted = ordenado
    joined = {0} joined with {1} on {2} = {0} unido con {1} por {2}
    stacked = {0} stacked on {1} = {0} apilado con {1}
    all = all columns = todas las columnas
    decline = not a request about tables = no es una petición sobre tablas
""")

FUNCTIONS: Phrases = _table("""
    mean = mean = media
    sum = sum = suma
    min = minimum = mínimo
    max = maximum = máximo
    median = median = mediana
    std = standard deviation = desviación típica
    mode = the most common value = el valor más frecuente
    ffill = the value before = el valor anterior
    bfill = the next value = el valor siguiente
    interp = interpolation = interpolación
    int = whole numbers = enteros
    float = numbers = números
    str = text = texto
    date = dates = fechas
    category = categories = categorías
    bool = true or false = verdadero o falso
    strip = outer spaces = espacios sobrantes
    lower = lower case = minúsculas
    upper = upper case = mayúsculas
    title = title case = mayúsculas iniciales
    capitalize = first letter upper case = primera letra mayúscula
    digits = digits only = solo dígitos
    nospace = no spaces = sin espacios
""")
