"""Words of requests that are out of scope, by topic, in English and Spanish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split("|"))


WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "model": _list(
            """linear regression|logistic regression|random forest|decision tree|neural network|
            gradient boosting model|XGBoost model|SVM|k-nearest neighbors classifier|naive bayes
            classifier|ridge regression|lasso model|LightGBM model|deep learning model|classifier|
            regression model|machine learning model|perceptron|transformer model|LSTM|CNN|CatBoost|
            support vector machine|bagging ensemble|autoencoder|multilayer perceptron"""
        ),
        "task": _list(
            """k-means clustering|a clustering analysis|principal component analysis|PCA|t-SNE|
            UMAP|DBSCAN|hierarchical clustering|topic modeling|sentiment analysis|named entity
            recognition|anomaly detection with an isolation forest|feature selection|hyperparameter
            tuning|cross validation|a grid search|an A/B test with a bayesian model|a survival
            analysis|an ARIMA fit|a train test split|an ANOVA|a causal inference study|text
            embedding|speech recognition|image segmentation|market basket analysis"""
        ),
        "who": _list(
            """my boss|the team|all customers|john@acme.com|my manager|our clients|the finance
            department|Maria|everyone in the office|the supplier|my professor|HR"""
        ),
        "thing": _list(
            """poem|haiku|short story|song|joke|limerick|cover letter|essay|blog post|press
            release|slogan|speech|tweet|newsletter|product description|novel chapter|birthday
            card|motivational quote|wedding toast|job advert"""
        ),
        "topic": _list(
            """the sea|autumn|data science|my cat|coffee|the moon|friendship|climate change|
            remote work|football|love|robots|a dragon|our company|the economy|holidays in Rome"""
        ),
        "place": _list(
            """Madrid|London|New York|Tokyo|Paris|Berlin|Lima|Mexico City|Bogotá|Sydney|Cairo|
            Toronto|Buenos Aires|Oslo"""
        ),
        "site": _list(
            """wikipedia|amazon.com|twitter|the company website|linkedin|a news site|yahoo
            finance|imdb|google|reddit|the API of the weather service|https://example.com/prices"""
        ),
        "tongue": _list("French|German|Spanish|Italian|Chinese|Portuguese|Japanese|Arabic|Dutch"),
        "concept": _list(
            """what a p-value is|how gradient descent works|the difference between mean and
            median|what a DataFrame is|how a random forest works|object oriented programming|
            the theory of relativity|what overfitting means|the central limit theorem|how git
            works|bayes theorem|what a foreign key is|how a neural network learns|recursion|
            what standard deviation means|how vaccines work|big O notation"""
        ),
        "lang": _list("Java|JavaScript|C++|Rust|R|Go|Bash|SQL|Kotlin|PHP|Ruby|C#|Haskell|MATLAB"),
        "program": _list(
            """a snake game|a web server|a todo app|a login form|a REST API|a chatbot|a calculator|
            a binary search|a quicksort|a web scraper|a unit test for my function|a Dockerfile|a
            regular expression for emails|a Flask app|a React component|a landing page|a discord
            bot|a fibonacci function|a class for a bank account|a decorator that logs calls|a
            streamlit dashboard|an HTML page|a tic tac toe game|a GitHub action"""
        ),
        "fact": _list(
            """the capital of Australia|the president of France|the population of Brazil|the
            distance to the moon|the boiling point of water|the meaning of life|the tallest
            mountain in the world|the speed of light|today's date|the exchange rate of the euro|
            the best phone to buy|the score of last night's game|the author of Don Quixote|the
            weather tomorrow|the price of bitcoin|the year world war two ended|your
            favorite color"""
        ),
        "system": _list(
            """the file report.xlsx|everything in the downloads folder|my home directory|all
            files in this folder|the database|the log files|the temp folder|the old backups"""
        ),
        "package": _list(
            "tensorflow|numpy|pandas|scikit-learn|torch|node|docker|requests|jupyter|opencv"
        ),
        "server": _list(
            """the MySQL server|a PostgreSQL database|Snowflake|BigQuery|an SQL server|MongoDB|
            Redis|an FTP server|an S3 bucket|Google Drive|Dropbox|a Spark cluster|AWS|the ERP"""
        ),
    },
    "es": {
        "model": _list(
            """regresión lineal|regresión logística|random forest|árbol de decisión|red neuronal|
            modelo de gradient boosting|modelo XGBoost|SVM|clasificador k-NN|clasificador bayesiano|
            clasificador|modelo de regresión|modelo de machine learning|modelo de aprendizaje
            automático|perceptrón|LSTM|modelo de deep learning|bosque aleatorio|autoencoder"""
        ),
        "task": _list(
            """un clustering k-means|un análisis de componentes principales|un PCA|un t-SNE|un
            DBSCAN|un clustering jerárquico|un análisis de sentimiento|reconocimiento de entidades|
            detección de anomalías con isolation forest|una selección de variables|una validación
            cruzada|un grid search|un análisis de supervivencia|un ajuste ARIMA|una división en
            train y test|un ANOVA|un modelado de temas|un reconocimiento de voz"""
        ),
        "who": _list(
            """mi jefe|el equipo|todos los clientes|juan@empresa.com|mi jefa|el departamento de
            finanzas|María|toda la oficina|el proveedor|mi profesor|recursos humanos"""
        ),
        "thing": _list(
            """un poema|un haiku|un cuento corto|una canción|un chiste|una carta de presentación|
            un ensayo|una entrada de blog|un eslogan|un discurso|un tuit|una felicitación de
            cumpleaños|una nota de prensa|un correo de despedida|una descripción de producto"""
        ),
        "topic": _list(
            """el mar|el otoño|la ciencia de datos|mi gato|el café|la luna|la amistad|el cambio
            climático|el teletrabajo|el fútbol|el amor|los robots|nuestra empresa|la economía"""
        ),
        "place": _list(
            """Madrid|Londres|Nueva York|Tokio|París|Berlín|Lima|Ciudad de México|Bogotá|Sevilla|
            Quito|Santiago|Buenos Aires|Barcelona"""
        ),
        "site": _list(
            """wikipedia|amazon.es|twitter|la web de la empresa|linkedin|un periódico digital|
            yahoo finance|filmaffinity|google|reddit|la API del tiempo|https://example.com/precios"""
        ),
        "tongue": _list("inglés|francés|alemán|italiano|chino|portugués|japonés|catalán|árabe"),
        "concept": _list(
            """qué es un p-valor|cómo funciona el descenso de gradiente|la diferencia entre media y
            mediana|qué es un DataFrame|cómo funciona un random forest|la programación orientada a
            objetos|la teoría de la relatividad|qué significa sobreajuste|el teorema central del
            límite|cómo funciona git|el teorema de bayes|qué es una clave foránea|la recursividad|
            qué es la desviación típica|cómo funcionan las vacunas"""
        ),
        "lang": _list("Java|JavaScript|C++|Rust|R|Go|Bash|SQL|Kotlin|PHP|Ruby|C#"),
        "program": _list(
            """un juego de la serpiente|un servidor web|una app de tareas|un formulario de login|
            una API REST|un chatbot|una calculadora|una búsqueda binaria|un quicksort|un scraper|un
            test unitario para mi función|un Dockerfile|una expresión regular para emails|una app
            con Flask|un componente de React|una página web|un bot de telegram|la función de
            fibonacci|una clase para una cuenta bancaria|un panel con streamlit|un tres en raya"""
        ),
        "fact": _list(
            """la capital de Australia|el presidente de Francia|la población de Brasil|la distancia
            a la luna|el punto de ebullición del agua|el sentido de la vida|la montaña más alta del
            mundo|la velocidad de la luz|la fecha de hoy|el cambio del euro|el mejor móvil|el
            resultado del partido de ayer|el autor del Quijote|el precio del bitcoin|tu color
            favorito"""
        ),
        "system": _list(
            """el archivo informe.xlsx|todo lo que hay en la carpeta de descargas|mi directorio
            personal|todos los archivos de esta carpeta|la base de datos|los logs|la carpeta
            temporal|las copias de seguridad viejas"""
        ),
        "package": _list("tensorflow|numpy|pandas|scikit-learn|torch|node|docker|requests|jupyter"),
        "server": _list(
            """el servidor MySQL|una base de datos PostgreSQL|Snowflake|BigQuery|un SQL server|
            MongoDB|Redis|un servidor FTP|un bucket de S3|Google Drive|Dropbox|un clúster de Spark|
            AWS|el ERP"""
        ),
    },
}

TEMPLATES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "models": (
            (
                "[train|fit|build|create|make|run|develop|tune|implement] a {model} [on "
                "this data|on {table}|with the data|for me|]"
            ),
            (
                "[do|run|perform|apply|carry out|try] {task} [on the data|on {table}|on "
                "these columns|]"
            ),
            (
                "[can you|could you|i want to|i need to|let's] [train|fit|build] a "
                "{model} [with this table|on the {rows}|]"
            ),
            "[evaluate|score|explain|deploy|save|export] the {model}",
            "[which|what] {model} [is best|should i use|works best] for this data?",
            (
                "[compute|show|plot] the [accuracy|confusion matrix|ROC curve|feature "
                "importances|learning curve|loss] of the {model}"
            ),
            "use sklearn to [fit|train] a {model}",
            (
                "[cluster|segment] the {rows} [with k-means|into clusters|automatically"
                "|using machine learning]"
            ),
        ),
        "models_columns": (
            "[predict|estimate|model] {x} [from|using|with|based on|given] {y}",
            "[train|fit|build] a {model} to predict {x} [from|using|with] {y}",
            "[train|fit|build|run] a {model} [on|for] {x}",
            "predict [the|] {x} [of|for] [new|unseen|the next] {rows}",
            "[run|fit] a regression of {x} on {y}",
            "[which|what] variables predict {x} best? train a {model}",
            "classify [the|] {rows} by {x} with a {model}",
            "[find clusters|run clustering] [of|in|on] {x} and {y}",
            "is {x} significantly different between {y} groups? run a t-test",
            "[test|check] with a [t-test|chi-square test|ANOVA] whether {x} depends on {y}",
            "embed {x} with a language model",
            "what will {x} be if {y} doubles?",
            "recommend {rows} [to a user|] based on {x}",
            "do sentiment analysis on {x}",
            "translate {x} [to|into] {tongue}",
        ),
        "forecast": (
            (
                "[forecast|predict|project] {x} [for|over] the next [year|month|quarter"
                "|week|12 months|30 days|5 years]"
            ),
            "[forecast|predict] [next year's|next month's|future|tomorrow's] {x}",
            "what will {x} be next [year|month|quarter|week]?",
            "[fit|use] [ARIMA|prophet|exponential smoothing|an LSTM] [to forecast|for] {x}",
            "[make|give me] a [forecast|prediction|projection] of {x}",
            "how much {x} will we have [in 2030|next summer|in five years]?",
        ),
        "services": (
            (
                "[send|write|email|mail] [this|the report|the table|the results|a summary"
                "|the chart] to {who}"
            ),
            "send an email to {who} [with the results|with {table} attached|about {x}|]",
            (
                "[scrape|crawl|download data from|fetch the data from|get the prices from"
                "|extract tables from] {site}"
            ),
            "[connect|log in|upload {table}|write {table}|push the data] to {server}",
            "[query|read the customers table from|create a table in|back up] {server}",
            (
                "post [this|the chart|a message] [on|to] [slack|twitter|teams|linkedin"
                "|the team channel]"
            ),
            (
                "[book|order|buy] [a flight to {place}|a table for two|a hotel in {place}"
                "|pizza|a taxi]"
            ),
            "[schedule|set up|cancel] a meeting with {who} [tomorrow|on Monday|next week|]",
            "[set|create] [an alarm|a reminder] for [tomorrow|7 am|Monday]",
            "call {who}",
            "call the API of {site} and [save|show] the answer",
            "[schedule|run] this [every night|every hour|daily as a cron job]",
        ),
        "knowledge": (
            "what is {fact}?",
            "[tell me|do you know|look up|search for|google] {fact}",
            "who is {who}?",
            "what's the weather [like|] in {place} [today|tomorrow|this weekend|]?",
            "how do I get to {place}?",
            "what time is it [in {place}|]?",
            (
                "recommend [a restaurant in {place}|a good movie|a book about {topic}|a "
                "gift for {who}]"
            ),
            "how many people live in {place}?",
            "[is it|will it be] [raining|snowing|sunny|hot] in {place}?",
            "best [hotels|restaurants|museums] in {place}",
            "what happened in {place} yesterday?",
            "news [from|about] {place}",
        ),
        "chat": (
            "[hi|hello|hey|good morning|good evening|hey there|yo] [there|assistant|bot|]",
            "how are you [today|doing|]?",
            "[thanks|thank you|great job|well done|nice|cool|awesome]",
            "who [are you|made you|trained you]?",
            "what can you do?",
            "what is your name?",
            "tell me [a joke|something funny|a secret|about yourself]",
            "[i'm|i am] [bored|tired|hungry|happy|sad] [today|]",
            "do you [like|dream of|know] {topic}?",
            "are you [human|an AI|ChatGPT|conscious]?",
            "good night",
            "let's talk about {topic}",
            "what do you think [about|of] {topic}?",
            "i love {topic}",
            "please help me",
            "sing me a song",
            "ok bye",
            "asdf",
            "lorem ipsum dolor sit amet",
            "never mind",
            "what should i [cook|wear|do] [today|tonight|]?",
        ),
        "writing": (
            "write [me|] a {thing} about {topic}",
            "[compose|write|draft] a {thing} [for {who}|about {topic}|]",
            "translate [this|the following|'good morning'|my text|the report] [to|into] {tongue}",
            (
                "[summarize|proofread|rewrite|correct|improve] [this article|my essay"
                "|the text below|this paragraph|my email]"
            ),
            "[write|draft] an email to {who} about {topic}",
            "paraphrase this [sentence|paragraph]",
            "how do you say hello in {tongue}?",
            "write a report about {topic} in three paragraphs",
            "[invent|think of] a name for [my company|a new product|my dog]",
            "write documentation for [this notebook|my project|the code above]",
        ),
        "code": (
            "[write|code|create|build|make|program|implement] {program} [in {lang}|in python|]",
            "[convert|translate|port] this code [to|into] {lang}",
            (
                "[debug|fix|refactor|review|optimize|test] [my code|this function|the "
                "code above|my script|the bug]"
            ),
            (
                "[write|create|add] [unit tests|a unit test|type hints|docstrings"
                "|logging] for [this|my function|the class|the module]"
            ),
            "how do I [install|upgrade|uninstall|import] {package}?",
            "why do I get a [syntax error|segfault|import error|timeout]?",
            "write a {lang} program that prints hello world",
            "make a [web page|website|dashboard|mobile app] [with|for] {table}",
            "explain this code [line by line|to me|]",
            "[plot|draw] an interactive [3D|webgl] globe in {lang}",
        ),
        "system": (
            "[install|uninstall|upgrade] {package}",
            "[pip|conda] install {package}",
            "[delete|remove|erase|wipe|clean up] {system}",
            "[restart|shut down|reboot|lock] [the computer|the kernel|the server|my laptop]",
            "run the [shell|bash|terminal|system] command [ls|top|rm -rf|df -h|ps aux]",
            "rm -rf /",
            "kill [the process|all processes|python]",
            (
                "[check|show] [the disk space|the memory usage of this computer|my IP "
                "address|the running processes|the CPU temperature]"
            ),
            "[open|close] [the browser|excel|chrome|a terminal|spotify]",
            "show me [the passwords|the environment variables|my ssh keys|/etc/passwd]",
            "git [push|commit|clone|rebase] [the changes|my repo|]",
            "ls -la",
            "create a [new user|virtual environment|docker container|cron job]",
            "play [music|a video about {topic}|a song]",
            "take a [screenshot|photo]",
            "encrypt {system}",
        ),
        "files": (
            (
                "[save|export|write] [the table|{table}|the data|this] [to|as] [excel|a "
                "csv file|parquet|a pdf|a word document|json file|output.csv]"
            ),
            (
                "[load|read|open|import] [the file|] [data.csv|sales.xlsx|report.json"
                "|another csv|a parquet file]"
            ),
            (
                "[make|create|generate|build] a [powerpoint|pdf report|word document"
                "|presentation|slide deck] [about {x}|with the results|of {table}|]"
            ),
            "[download|upload] [the data|the file|{table}]",
            "[rename|move|copy|zip] the file {table}.csv",
            "print this [page|notebook] on paper",
            "scan this document",
            "open the image [logo.png|photo.jpg] [and resize it|]",
        ),
        "explain": (
            "explain {concept}",
            "[can you|please|] explain [to me|] {concept}",
            "what does [this error|'NoneType has no attribute'|KeyError|this warning] mean?",
            "teach me [statistics|python|pandas|calculus|{lang}]",
            "give me a tutorial on [pandas|statistics|{lang}|machine learning]",
            "why is {x} so high? explain the causes",
            "[what causes|what is the reason for] low {x} in the real world?",
            "solve [x^2 + 3x = 10|this equation|my homework|the integral of sin x]",
            "how does {x} work in real life?",
            "[define|what is the definition of] {x}",
            "prove that [the square root of two is irrational|P is not NP]",
            "give me [business advice|a strategy] to [improve|raise|lower] {x}",
        ),
    },
    "es": {
        "models": (
            (
                "[entrena|ajusta|crea|haz|construye|desarrolla] un {model} [con estos "
                "datos|con {table}|]"
            ),
            "[haz|aplica|ejecuta|realiza] {task} [sobre los datos|con {table}|con estas columnas|]",
            (
                "[puedes|podrías|quiero|necesito] [entrenar|ajustar|crear] un {model} "
                "[con esta tabla|]"
            ),
            "[evalúa|explica|guarda|despliega] el {model}",
            "¿qué {model} [es mejor|me recomiendas|debería usar] para estos datos?",
            (
                "[calcula|muestra|dibuja] [la precisión|la matriz de confusión|la curva "
                "ROC|la importancia de las variables] del {model}"
            ),
            "usa sklearn para [ajustar|entrenar] un {model}",
            "[agrupa|segmenta] {rows} con [k-means|clustering|aprendizaje no supervisado]",
        ),
        "models_columns": (
            "[predice|estima|modela] {x} [a partir de|usando|con] {y}",
            "[entrena|ajusta|crea] un {model} para predecir {x} [con|a partir de|usando] {y}",
            "[entrena|ajusta] un {model} [con|para] {x}",
            "predice {x} de [nuevas|nuevos] {rows}",
            "haz una regresión de {x} sobre {y}",
            "¿qué variables predicen mejor {x}? entrena un {model}",
            "clasifica {rows} según {x} con un {model}",
            "busca clusters [en|con] {x} y {y}",
            "haz un contraste [t de student|chi cuadrado|ANOVA] de {x} entre grupos de {y}",
            "traduce {x} al {tongue}",
            "haz un análisis de sentimiento de {x}",
            "¿qué pasará con {x} si {y} se duplica?",
            "recomienda {rows} a un usuario según {x}",
        ),
        "forecast": (
            (
                "[pronostica|predice|proyecta] {x} para [el próximo año|el mes que viene"
                "|los próximos 12 meses|la semana que viene]"
            ),
            (
                "¿[cuánto será|cómo será|qué valor tendrá] {x} [el año que viene|el "
                "próximo mes|en 2030]?"
            ),
            "[haz|dame] [una previsión|un pronóstico|una predicción] de {x}",
            "[usa|ajusta] [ARIMA|prophet|suavizado exponencial] para {x}",
        ),
        "services": (
            "[envía|manda] [esto|el informe|la tabla|los resultados|un resumen|el gráfico] a {who}",
            "[envía|manda|escribe] un [correo|email] a {who} [con los resultados|sobre {x}|]",
            "[descarga datos de|haz scraping de|extrae las tablas de|saca los precios de] {site}",
            "[conéctate|sube {table}|escribe los datos|entra] [a|en] {server}",
            "[consulta|haz una copia de seguridad de|crea una tabla en] {server}",
            "publica [esto|el gráfico|un mensaje] en [slack|twitter|teams|linkedin]",
            (
                "[reserva|compra|pide] [un vuelo a {place}|mesa para dos|un hotel en "
                "{place}|una pizza|un taxi]"
            ),
            "[programa|convoca|cancela] una reunión con {who} [mañana|el lunes|]",
            "pon [una alarma|un recordatorio] para [mañana|las 7|el lunes]",
            "llama a {who}",
            "ejecuta esto [cada noche|cada hora|todos los días]",
        ),
        "knowledge": (
            "¿cuál es {fact}?",
            "[dime|sabes|busca|busca en google] {fact}",
            "¿quién es {who}?",
            "¿qué tiempo [hace|hará] en {place} [hoy|mañana|]?",
            "¿cómo llego a {place}?",
            "¿qué hora es [en {place}|]?",
            "recomiéndame [un restaurante en {place}|una buena película|un libro sobre {topic}]",
            "¿cuánta gente vive en {place}?",
            "¿va a llover en {place}?",
            "los mejores [hoteles|restaurantes|museos] de {place}",
            "noticias de {place}",
        ),
        "chat": (
            "[hola|buenos días|buenas tardes|buenas|qué tal]",
            "¿cómo estás [hoy|]?",
            "[gracias|muchas gracias|genial|buen trabajo|perfecto]",
            "¿quién [eres|te ha creado|te entrenó]?",
            "¿qué sabes hacer?",
            "¿cómo te llamas?",
            "cuéntame [un chiste|algo gracioso|algo de ti]",
            "[estoy|me siento] [aburrido|cansada|feliz|triste] [hoy|]",
            "¿te gusta {topic}?",
            "¿eres [humano|una IA|ChatGPT]?",
            "buenas noches",
            "hablemos de {topic}",
            "¿qué opinas de {topic}?",
            "ayúdame por favor",
            "adiós",
            "¿qué [cocino|me pongo|hago] [hoy|esta noche|]?",
            "da igual",
        ),
        "writing": (
            "[escribe|escríbeme|redacta|compón] {thing} sobre {topic}",
            "[escribe|redacta] {thing} [para {who}|]",
            "traduce [esto|el siguiente texto|'buenos días'|el informe] al {tongue}",
            (
                "[resume|corrige|reescribe|mejora] [este artículo|mi ensayo|el texto"
                "|este párrafo|mi correo]"
            ),
            "redacta un correo a {who} sobre {topic}",
            "¿cómo se dice hola en {tongue}?",
            "invéntate un nombre para [mi empresa|un producto|mi perro]",
            "escribe la documentación de [este cuaderno|mi proyecto]",
        ),
        "code": (
            "[escribe|programa|crea|haz|implementa] {program} [en {lang}|en python|]",
            "[convierte|traduce|pasa] este código a {lang}",
            (
                "[depura|arregla|refactoriza|revisa|optimiza] [mi código|esta función|el "
                "código de arriba|mi script]"
            ),
            "[escribe|añade] [tests unitarios|un test|docstrings] para [esto|mi función|la clase]",
            "¿cómo [instalo|actualizo|desinstalo|importo] {package}?",
            "¿por qué me da un [error de sintaxis|error de importación|timeout]?",
            "explica este código [línea a línea|]",
            "haz una [página web|app móvil|web] con {table}",
        ),
        "system": (
            "[instala|desinstala|actualiza] {package}",
            "pip install {package}",
            "[borra|elimina|limpia] {system}",
            "[reinicia|apaga|bloquea] [el ordenador|el kernel|el servidor|mi portátil]",
            "ejecuta el comando [ls|top|rm -rf|df -h] [en la terminal|]",
            "mata [el proceso|todos los procesos]",
            (
                "[muestra|comprueba] [el espacio en disco|mi dirección IP|los procesos"
                "|la memoria del ordenador]"
            ),
            "[abre|cierra] [el navegador|excel|chrome|una terminal]",
            "enséñame [las contraseñas|las variables de entorno|mis claves ssh]",
            "haz un git [push|commit]",
            "crea un [usuario nuevo|entorno virtual|contenedor docker]",
            "pon [música|una canción]",
            "haz una [captura de pantalla|foto]",
        ),
        "files": (
            (
                "[guarda|exporta] [la tabla|{table}|los datos|esto] [en|a|como] [excel"
                "|un csv|parquet|un pdf|un documento word]"
            ),
            "[carga|lee|abre|importa] [el archivo|] [datos.csv|ventas.xlsx|informe.json|otro csv]",
            (
                "[haz|crea|genera] [un powerpoint|un informe en pdf|una presentación] "
                "[sobre {x}|con los resultados|]"
            ),
            "[descarga|sube] [los datos|el archivo|{table}]",
            "[mueve|copia|comprime] el archivo {table}.csv",
            "imprime esta página en papel",
        ),
        "explain": (
            "[explica|explícame] {concept}",
            "¿[me puedes explicar|sabes] {concept}?",
            "¿qué significa [este error|KeyError|este aviso]?",
            "enséñame [estadística|python|pandas|{lang}]",
            "dame un tutorial de [pandas|estadística|{lang}]",
            "¿por qué {x} es tan alto? explica las causas",
            "resuelve [x^2 + 3x = 10|esta ecuación|mis deberes|la integral de sen x]",
            "[define|cuál es la definición de] {x}",
            "dame [consejos de negocio|una estrategia] para mejorar {x}",
            "demuestra que [la raíz de dos es irracional|P es distinto de NP]",
        ),
    },
}
