"""First looks at a table: its size, columns, kinds, head, gaps, repeats and correlations."""

from __future__ import annotations

from nbcodegen.training.grammar.patterns import Family, Pattern, family

_SIZE = family(
    "overview.size",
    Pattern(
        "count",
        "",
        (
            "how many {rows} [are there|are in {table}|does {table} have|do we have|in total]?",
            "[what is|what's|give me|show|get|print] the [total|] number of {rows}",
            "[number|count|total number] of {rows} [in the table|in {table}|in the dataset|]",
            "count [all|] [the|] {rows}",
            "[row count|number of rows|how many rows|nrows|len of {table}|length of the dataframe]",
            "how [big|long] is {table}, in [rows|number of rows]?",
        ),
        (
            "¿[cuántas filas|cuántos registros] [hay|tiene {table}|tenemos|hay en total]?",
            "[número|cantidad|total] de {rows} [en la tabla|en {table}|]",
            "[cuenta|contar|dime] [el número de|cuantos son los|] {rows}",
            "[dame|muestra|calcula] el [total|número total|número] de {rows}",
        ),
        3,
    ),
    Pattern(
        "shape",
        "",
        (
            (
                "[what is|show|print|get|check] the [shape|dimensions|size] of [the table"
                "|{table}|the data|the dataframe]"
            ),
            "how many rows and columns [are there|does {table} have|do we have|in the data]?",
            "[shape|dimensions|{table} shape|size of the dataset|data shape]",
            "[number|count] of rows and columns",
        ),
        (
            "¿cuántas filas y columnas [hay|tiene {table}|tiene la tabla|tenemos]?",
            "[muestra|dame|dime|cuáles son] las dimensiones [de la tabla|de {table}|del dataframe]",
            "[dimensiones|tamaño|forma] [de la tabla|de {table}|del dataset|]",
            "número de filas y [de|] columnas",
        ),
        2,
    ),
    Pattern(
        "columns",
        "",
        (
            (
                "[list|show|print|give me|get|display] [me|] [all|] [the|] [column names"
                "|columns|names of the columns|headers|fields]"
            ),
            (
                "[what|which] [columns|fields|variables|features] [are there|does "
                "{table} have|are in {table}|do we have]?"
            ),
            "[column names|columns of {table}|{table} columns|names of columns|headers]",
            "what are the [columns|column names|variables] [called|of this table|in {table}]?",
        ),
        (
            (
                "[lista|muestra|dame|dime|enseña] [los nombres de las columnas|las "
                "columnas|todas las columnas|el nombre de las columnas]"
            ),
            (
                "¿[qué columnas hay|qué columnas tiene {table}|qué columnas tiene la "
                "tabla|cuáles son las columnas de {table}]?"
            ),
            (
                "[columnas|nombres de columnas|nombre de las columnas|columnas de {table}"
                "|variables disponibles]"
            ),
        ),
        2,
    ),
    Pattern(
        "dtypes",
        "",
        (
            (
                "[show|print|check|list|give me|what are] the [data types|dtypes|types"
                "|column types] [of each column|of the columns|of {table}|]"
            ),
            (
                "what [type|data type|kind of data] [is each column|does each column have"
                "|is in each column]?"
            ),
            "[dtypes|data types|column types|types of columns|type of every column]",
            "which columns are [numeric and which are text|numbers and which are strings]?",
        ),
        (
            (
                "[muestra|dame|dime|comprueba] [los tipos de datos|el tipo de cada "
                "columna|los tipos de las columnas|los dtypes]"
            ),
            "¿[de qué tipo es|qué tipo de dato tiene|qué tipo tiene] cada columna?",
            "[tipos de datos|tipos de las columnas|dtypes|tipo de cada variable]",
        ),
        2,
    ),
    Pattern(
        "info",
        "",
        (
            (
                "[show|print|give me|get|display] [the|] [info|general information|info "
                "summary|structure] [of|about|for] [the table|{table}|the dataframe|the "
                "data]"
            ),
            "{table} info",
            "[info|table info|dataframe info|basic info|structure of the data]",
            (
                "[tell me about|overview of] the [structure|columns, types and non-null "
                "counts] of {table}"
            ),
            "non-null counts and types [of every column|of all columns]",
        ),
        (
            (
                "[muestra|dame|enseña|imprime] [la información general|la info|la "
                "estructura|información] [de la tabla|de {table}|del dataframe]"
            ),
            "[info de {table}|información general|info de la tabla|estructura de los datos|info]",
        ),
        1.5,
    ),
)

_DESCRIBE = family(
    "overview.describe",
    Pattern(
        "describe end",
        "",
        (
            (
                "[describe|summarize|summarise] [the table|{table}|the data|the dataset"
                "|everything|the dataframe|all numeric columns]"
            ),
            (
                "[show|give me|get|print|compute|display] [the|] [summary statistics"
                "|descriptive statistics|basic statistics|summary stats|a statistical "
                "summary|stats|a summary] [of|for] [the table|{table}|the data|all "
                "columns|the numeric columns]"
            ),
            (
                "[summary statistics|descriptive statistics|basic stats|statistical "
                "summary|describe|quick summary of {table}]"
            ),
            "what do the [numbers|data] look like, statistically?",
        ),
        (
            (
                "[describe|resume] [la tabla|{table}|los datos|el dataset|el dataframe"
                "|todas las columnas numéricas]"
            ),
            (
                "[muestra|dame|calcula|saca|quiero] [las estadísticas descriptivas|un "
                "resumen estadístico|las estadísticas básicas|estadísticas] [de la tabla"
                "|de {table}|de los datos|de todo]"
            ),
            "[estadísticas descriptivas|resumen estadístico|estadísticos básicos|describe]",
        ),
        2,
    ),
    Pattern(
        "describe {y} end",
        "y=measure",
        (
            "[describe|summarize|summarise|profile] [the|] {y} [column|]",
            (
                "[summary statistics|descriptive statistics|basic stats|statistics|five "
                "number summary|stats|summary] [of|for] {y}"
            ),
            (
                "[show|give me|get|compute] [the|] [summary statistics|descriptive "
                "statistics|main statistics|stats|a summary] [of|for] [the|] {y}"
            ),
            "what are the [main|basic|descriptive|summary] statistics of {y}?",
        ),
        (
            "[describe|resume] {the_y}",
            "[estadísticas descriptivas|resumen estadístico|estadísticas|resumen] de {y}",
            (
                "[muestra|dame|calcula|saca] [las estadísticas|un resumen|los "
                "estadísticos principales|las estadísticas básicas] de {y}"
            ),
            "¿cuáles son las estadísticas [básicas|principales|descriptivas] de {y}?",
        ),
        2,
    ),
    Pattern(
        "describe {ys_} end",
        "ys_=many:measure",
        (
            "[describe|summarize] {ys_}",
            "[summary statistics|descriptive statistics|stats] [of|for] {ys_}",
            "[show|give me] [a summary|summary stats|statistics] [of|for] [the columns|] {ys_}",
        ),
        (
            "[describe|resume] {ys_}",
            "[estadísticas|resumen estadístico|estadísticas descriptivas] de {ys_}",
            "[dame|muestra] [un resumen|las estadísticas] de [las columnas|] {ys_}",
        ),
    ),
    Pattern(
        "stat min {y} max {y} end",
        "y=measure",
        (
            (
                "[what is|show|give me|find] the [minimum and maximum|min and max"
                "|smallest and largest|lowest and highest] [value of|] {y}"
            ),
            "[min and max|minimum and maximum|min/max|lowest and highest] [of|for|] {y}",
        ),
        (
            (
                "[dame|muestra|calcula|cuáles son] el [mínimo y el máximo|mínimo y máximo"
                "|valor mínimo y máximo] de {y}"
            ),
            "[mínimo y máximo|valor más bajo y más alto|min y max] de {y}",
        ),
    ),
)

_LOOK = family(
    "overview.look",
    Pattern(
        "head {n} show",
        "n=number",
        (
            "[show|display|print|give me|get|list|see] [me|] the first {n} {rows}",
            "first {n} {rows}",
            "[head|top] {n} [rows|] [of {table}|of the table|of the data]",
            "[preview|peek at|look at] [the first|] {n} {rows}",
            "the first {n} {rows} of {table}",
            "{table} head {n}",
        ),
        (
            "[muestra|enséñame|dame|imprime|ver|saca] {los} primer{oa}s {n} {rows}",
            "primer{oa}s {n} {rows}",
            "{los} {n} primer{oa}s {rows} [de la tabla|de {table}|]",
            "[quiero ver|a ver|vista previa de] {los} {n} primer{oa}s {rows}",
        ),
        3,
    ),
    Pattern(
        "head 5 show",
        "",
        (
            (
                "[show|display|print|see|view|give me] the [head|first rows|first few "
                "rows|top rows|beginning] [of the table|of {table}|of the data|]"
            ),
            (
                "[preview|peek at|take a look at|quick look at|have a look at] [the data"
                "|{table}|the table|the dataframe]"
            ),
            "[{table} head|head|data preview|first few rows|show a few rows]",
            "what does [the data|{table}|the table|the dataset] look like?",
        ),
        (
            (
                "[muestra|enséñame|dame|imprime|ver] [las primeras filas|el principio|la "
                "cabecera|los primeros registros|unas pocas filas] [de la tabla|de "
                "{table}|de los datos|]"
            ),
            (
                "[vista previa|primeras filas|head|echa un vistazo a los datos|vista "
                "rápida de {table}]"
            ),
            "¿[cómo son|qué pinta tienen] los datos?",
        ),
        2,
    ),
    Pattern(
        "tail {n} show",
        "n=number",
        (
            "[show|display|print|give me|get|list] [me|] the last {n} {rows}",
            "[last|final|bottom] {n} {rows} [of {table}|of the table|]",
            "tail {n}",
            "the {n} [last|final] {rows}",
        ),
        (
            "[muestra|enséñame|dame|imprime|ver] {los} últim{oa}s {n} {rows}",
            "últim{oa}s {n} {rows}",
            "{los} {n} últim{oa}s {rows} [de la tabla|de {table}|]",
        ),
        2,
    ),
    Pattern(
        "tail 5 show",
        "",
        (
            (
                "[show|display|print] the [tail|last rows|last few rows|end|bottom rows] "
                "[of the table|of {table}|of the data|]"
            ),
            "[{table} tail|tail|last few rows]",
        ),
        (
            (
                "[muestra|enséñame|dame] [las últimas filas|el final|la cola|los últimos "
                "registros] [de la tabla|de {table}|]"
            ),
            "[últimas filas|tail|final de la tabla]",
        ),
    ),
    Pattern(
        "sample {n} show",
        "n=number",
        (
            (
                "[show|give me|get|take|display|pick|draw] [a|] [random sample of|sample "
                "of] {n} {rows}"
            ),
            "[{n} random|random {n}|sample {n}] {rows}",
            "[pick|show|choose|select|get] {n} {rows} [at random|randomly]",
            "[randomly|] sample {n} {rows} [from {table}|]",
        ),
        (
            "[muestra|dame|saca|toma|enséñame] una muestra [aleatoria|al azar|] de {n} {rows}",
            "{n} {rows} [al azar|aleatori{oa}s|elegid{oa}s al azar]",
            "[elige|escoge|saca|selecciona] {n} {rows} al azar",
            "muestra aleatoria de {n} {rows}",
        ),
        2,
    ),
    Pattern(
        "sample 5 show",
        "",
        (
            "[show|give me|get] [a few random|some random] {rows}",
            "[random sample|a small random sample] of the [table|data]",
            "[show|print] some {rows} at random",
        ),
        (
            "[muestra|dame|enséñame] [algun{oa}s|un{oa}s cuant{oa}s] {rows} al azar",
            "[muestra aleatoria|pequeña muestra aleatoria] de los datos",
        ),
    ),
    Pattern(
        "sample 1 show",
        "",
        ("[show|give me|pick|get] [a|one] random {row}", "[pick|show] one {row} at random"),
        ("[muestra|dame|elige] {un} {row} al azar", "{row} al azar"),
        0.5,
    ),
    Pattern(
        "show",
        "",
        (
            (
                "[show|display|print] [me|] [the whole table|all {rows}|the full table"
                "|everything in {table}|all the data|{table}]"
            ),
            "[list|see] all {rows}",
        ),
        (
            (
                "[muestra|enséñame|imprime|dame] [toda la tabla|todos los datos|la tabla "
                "entera|la tabla completa|{table}]"
            ),
            "[ver|listar] toda la tabla",
        ),
    ),
)

_GAPS = family(
    "overview.gaps",
    Pattern(
        "missing",
        "",
        (
            (
                "[how many|count the|count|number of|show the number of|check the] "
                "[missing values|nulls|NaNs|nan values|null values|missing|missing "
                "entries|empty cells|blanks] [in|per|by|for|of] [each|every] [column"
                "|variable]"
            ),
            (
                "[missing values|nulls|NaN count|null counts|missing data|missing values "
                "summary] [per column|by column|]"
            ),
            (
                "[are there any|check for|look for|find] [missing values|nulls|NaNs"
                "|missing data|null values|blanks] [in the data|in {table}|]"
            ),
            "[which|what] columns [have|contain] [missing values|nulls|NaNs|missing data|gaps]",
            (
                "how many [values are missing|nulls are there|NaN] in [each column|every "
                "column|all columns]?"
            ),
            "count [missing|null|nan] values",
        ),
        (
            (
                "[cuántos|cuenta los|número de|cantidad de|muestra los] [valores nulos"
                "|nulos|valores faltantes|datos faltantes|NaN|valores perdidos|huecos] "
                "[por|en cada|de cada] columna"
            ),
            (
                "[valores nulos|nulos|valores faltantes|datos faltantes|NaN|valores "
                "perdidos] por columna"
            ),
            (
                "¿[hay|existen|tenemos] [valores nulos|nulos|datos faltantes|valores "
                "perdidos|NaN] [en la tabla|en los datos|en {table}|]?"
            ),
            (
                "¿[qué columnas|cuáles columnas] [tienen|contienen] [valores nulos|nulos"
                "|datos faltantes|valores perdidos|NaN]?"
            ),
            "[comprueba|revisa|mira] si hay [nulos|valores faltantes|datos perdidos]",
        ),
        3,
    ),
    Pattern(
        "missingpct",
        "",
        (
            (
                "[percentage|percent|share|proportion|%] of [missing values|nulls|NaNs"
                "|missing data|missing] [per column|by column|in each column|for every "
                "column]"
            ),
            (
                "[what|show what|calculate what] [percentage|percent|%|share] of [each"
                "|every] column is [missing|null|empty]"
            ),
            "[how much|what fraction] of each column is [missing|null|empty]?",
            "missing [rate|ratio|percentage] [per|by] column",
        ),
        (
            (
                "[porcentaje|proporción|%] de [valores nulos|nulos|datos faltantes"
                "|valores perdidos|NaN] [por|en cada|de cada] columna"
            ),
            "¿qué [porcentaje|proporción|parte] de cada columna [está vacía|falta|es nula]?",
            (
                "[calcula|muestra|dame] el [porcentaje|%] de [nulos|faltantes|valores "
                "perdidos] [por|de cada] columna"
            ),
        ),
        2,
    ),
    Pattern(
        "stat missing {y} end",
        "y=any",
        (
            (
                "how many [missing values|nulls|NaNs|missing entries|blanks] [are there "
                "in|does|in] {y} [have|]?"
            ),
            (
                "[count|number of|show the] [missing values|nulls|NaNs|missing] [in|of] "
                "[the|] {y} [column|]"
            ),
            "how many {rows} [have no|lack a|are missing the|are missing] {y}?",
            "how many {ys} are [missing|null|empty|unknown]?",
        ),
        (
            "¿cuántos [nulos|valores nulos|valores faltantes|datos perdidos] [hay en|tiene] {y}?",
            "[número|cantidad] de [nulos|valores faltantes|valores perdidos|NaN] en {y}",
            "[cuenta|dime] los [nulos|valores faltantes|NaN] de {y}",
            "¿[cuántas filas|cuántos registros] [no tienen|están sin] {y}?",
        ),
        2,
    ),
    Pattern(
        "where isna {y} show",
        "y=any",
        (
            (
                "[show|list|find|display|give me] [the|all|] {rows} [where {y} is "
                "[missing|null|NaN|empty|nan|blank]|with [missing|null|no|empty] {y}"
                "|without {y}|without a {y}|that have no {y}]"
            ),
            "[which|what] {rows} [have no {y}|have a missing {y}|are missing {y}|lack {y}]?",
            "{rows} with [missing|null|empty|no] {y}",
        ),
        (
            (
                "[muestra|lista|dame|enséñame|busca] {los} {rows} [sin {y}|donde falta "
                "{y}|con {y} nul{y_oa}|que no tienen {y}|donde {y} es nul{y_oa}|donde "
                "{y} está vací{y_oa}]"
            ),
            "{rows} [sin {y}|con {y} nul{y_oa}|que no tengan {y}|a {los} que les falta {y}]",
            "¿qué {rows} no tienen {y}?",
        ),
        2,
    ),
    Pattern(
        "where notna {y} show",
        "y=any",
        (
            (
                "[show|list|keep|find|give me] [the|only|all|] {rows} [where {y} is not "
                "[missing|null|empty|NaN]|that have [a|] {y}|with [a|known|non-null] {y}]"
            ),
            "{rows} [where {y} is known|with {y} not null|having a {y}]",
        ),
        (
            (
                "[muestra|lista|dame] [{los}|solo {los}] {rows} [que tienen {y}|con {y} "
                "no nul{y_oa}|donde {y} no es nul{y_oa}|donde {y} no falta]"
            ),
            "{rows} con {y} informad{y_oa}",
        ),
    ),
)

_REPEATS = family(
    "overview.repeats",
    Pattern(
        "dups",
        "",
        (
            (
                "[how many|count the|count|number of] [duplicate|duplicated|repeated] "
                "{rows} [are there|]"
            ),
            (
                "[are there any|check for|look for|find out if there are|any] [duplicates"
                "|duplicate rows|duplicated rows|repeated rows] [in the table|in {table}"
                "|]"
            ),
            "[duplicate count|number of duplicates|how many duplicates are there|count duplicates]",
        ),
        (
            "¿[cuántas filas duplicadas|cuántos duplicados|cuántas filas repetidas] hay?",
            (
                "¿[hay|existen|tenemos] [duplicados|filas duplicadas|filas repetidas"
                "|registros duplicados] [en la tabla|en {table}|]?"
            ),
            (
                "[número de|cuenta los|cantidad de|cuenta las] [duplicados|filas "
                "duplicadas|filas repetidas]"
            ),
        ),
        2,
    ),
    Pattern(
        "where duplicated end show",
        "",
        (
            "[show|list|display|find|give me] [all|] [the|] [duplicate|duplicated|repeated] {rows}",
            "[which|what] {rows} are [duplicated|repeated|duplicates]?",
            "{rows} that [appear more than once|are repeated|are duplicates]",
        ),
        (
            (
                "[muestra|lista|dame|enséñame] [{los} {rows} duplicad{oa}s|{los} {rows} "
                "repetid{oa}s|las filas duplicadas|los duplicados]"
            ),
            "¿qué {rows} están [duplicad{oa}s|repetid{oa}s]?",
        ),
        1.5,
    ),
    Pattern(
        "where duplicated {x} end show",
        "x=text",
        (
            (
                "[show|list|find|give me] [the|all|] {rows} with [a|] [duplicate"
                "|duplicated|repeated|the same] {x}"
            ),
            "[show|find|list] [duplicates|repeats|duplicate {rows}] [by|in|based on|on] {x}",
            "{rows} whose {x} [appears more than once|is repeated|is duplicated]",
        ),
        (
            "[muestra|busca|lista|dame] {los} {rows} con {x} [repetid{x_oa}|duplicad{x_oa}]",
            "[duplicados|repetidos] por {x}",
            "{rows} cuyo {x} [aparece más de una vez|se repite]",
        ),
    ),
    Pattern(
        "stat nunique {x} end",
        "x=text",
        (
            "how many [different|distinct|unique] {xs} [are there|do we have|are in the table|]?",
            "[number|count] of [different|distinct|unique] {xs}",
            "count [the|] [distinct|unique|different] {xs}",
            "how many [unique|distinct] values [are there in|does] {x} [have|]?",
            "{x} nunique",
            "[what is|give me|show] the number of [unique|distinct|different] {xs}",
        ),
        (
            "¿cuántos valores [distintos|únicos|diferentes] [hay en|tiene] {x}?",
            "[número|cantidad] de {xs} [distint{xs_oa}s|diferentes|únic{xs_oa}s]",
            "¿cuánt{xs_oa}s {xs} [distint{xs_oa}s|diferentes|únic{xs_oa}s] hay?",
            (
                "[cuenta {xs_los} {xs} distint{xs_oa}s|dime cuánt{xs_oa}s {xs} "
                "[distint{xs_oa}s|diferentes] hay]"
            ),
        ),
        2.5,
    ),
    Pattern(
        "cols {x} end distinct show",
        "x=key",
        (
            (
                "[show|list|give me|get|display|print|find] [all|] [the|] [unique"
                "|distinct|different] {xs}"
            ),
            "[unique|distinct|different] [values of|values in|] {x}",
            "what [are|] [the|] [different|distinct|unique|possible] {xs} [are there|]?",
            "[which|what] {xs} [are there|appear|are in the table|exist|do we have]?",
            "[what values|which values] does {x} [take|have]?",
        ),
        (
            (
                "[muestra|lista|dame|enséñame] [los|todos los] [valores únicos de {x}"
                "|valores distintos de {x}]"
            ),
            (
                "[muestra|lista|dame] [{xs_los} distint{xs_oa}s {xs}|{xs_los} diferentes "
                "{xs}|{xs_los} {xs} distint{xs_oa}s]"
            ),
            "[valores únicos|valores distintos|valores diferentes] [de|en] {x}",
            "¿qué {xs} [hay|existen|aparecen]?",
            "¿qué valores [toma|tiene] {x}?",
        ),
        2.5,
    ),
)

_CORRELATIONS = family(
    "overview.correlations",
    Pattern(
        "corr {y} {z}",
        "y=measure z=measure",
        (
            (
                "[what is|what's|show|compute|calculate|find|get|give me] the "
                "[correlation|pearson correlation|correlation coefficient|linear "
                "correlation] [between|of] {y} and {z}"
            ),
            "[correlation|corr|correlation coefficient] [between|of|] {y} [and|with|vs] {z}",
            "[how correlated are|how strongly related are|are] {y} and {z} [correlated|]?",
            "is there a correlation between {y} and {z}?",
            "does {y} correlate with {z}?",
        ),
        (
            (
                "[calcula|dame|muestra|cuál es] la [correlación|correlación lineal"
                "|correlación de pearson] [entre|de] {y} [y|con] {z}"
            ),
            "[correlación|coeficiente de correlación] [entre|de] {y} [y|con] {z}",
            "¿[hay|existe] correlación entre {y} y {z}?",
            "¿[están correlacionados|qué correlación tienen] {y} y {z}?",
        ),
        3,
    ),
    Pattern(
        "corrmat",
        "",
        (
            (
                "[show|compute|calculate|give me|print|get] [the|] [correlation matrix"
                "|correlations between all numeric columns|pairwise correlations"
                "|correlation table|correlations]"
            ),
            (
                "[correlation matrix|correlations|pairwise correlation of the numeric "
                "columns|corr matrix]"
            ),
            "how are the [numeric|] [columns|variables|features] correlated [with each other|]?",
        ),
        (
            (
                "[calcula|dame|muestra|saca] [la matriz de correlación|la matriz de "
                "correlaciones|las correlaciones|las correlaciones entre las columnas "
                "numéricas]"
            ),
            (
                "[matriz de correlación|matriz de correlaciones|correlaciones entre "
                "variables|correlaciones]"
            ),
        ),
        2,
    ),
    Pattern(
        "corrwith {y}",
        "y=measure",
        (
            (
                "[correlation|correlations] [of|between] {y} [with|and] [the other "
                "columns|all other columns|every other numeric column|everything else]"
            ),
            (
                "[which|what] [columns|variables|features] [are most|are|correlate] "
                "[correlated|strongly related|related] [with|to] {y}?"
            ),
            "[show|compute|rank] [the|] correlations with {y}",
            "what correlates [most|best|] with {y}?",
        ),
        (
            (
                "[correlación|correlaciones] de {y} con [las demás columnas|el resto|las "
                "otras variables|todas las variables]"
            ),
            (
                "¿[qué|cuáles] [variables|columnas] [están más correlacionadas|se "
                "correlacionan más|tienen más relación] con {y}?"
            ),
            "[muestra|calcula] las correlaciones con {y}",
        ),
        2,
    ),
)

FAMILIES: tuple[tuple[float, Family], ...] = (
    (1.0, _SIZE),
    (0.8, _DESCRIBE),
    (1.2, _LOOK),
    (1.2, _GAPS),
    (1.0, _REPEATS),
    (0.7, _CORRELATIONS),
)
