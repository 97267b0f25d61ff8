"""Plausible cell texts and number ranges for columns that come without any."""

from __future__ import annotations

from random import Random

from nbcodegen.linking import label_words, plain

_TEXTS = """
gender sex sexo genero: Male,Female ; M,F ; male,female ; Hombre,Mujer ; Masculino,Femenino
country pais nation: France,Germany,Spain,Italy,Mexico,Brazil,Japan,Canada,India ; España,Francia,México,Argentina,Chile,Perú,Alemania,Italia ; USA,UK,China,Australia
city ciudad town municipio: London,Paris,Madrid,Berlin,New York,Chicago,Boston,Tokyo ; Madrid,Barcelona,Valencia,Sevilla,Bilbao,Málaga ; Lima,Bogotá,Quito,Santiago,Buenos Aires
state province provincia estado: California,Texas,Florida,Nevada,Ohio,Oregon ; CA,TX,NY,FL,WA ; Jalisco,Puebla,Sonora,Yucatán ; Sevilla,Cádiz,Huelva,Málaga
region zone zona area district distrito comunidad: North,South,East,West ; Norte,Sur,Este,Oeste,Centro ; Northeast,Midwest,South,West ; EMEA,APAC,LATAM ; Centro,Salamanca,Chamberí,Retiro
neighborhood neighbourhood barrio borough: Downtown,Riverside,Old Town,Harbor,Northgate ; Centro,El Carmen,Triana,Gràcia ; Manhattan,Brooklyn,Queens,Bronx
continent continente: Africa,Asia,Europe,North America,South America,Oceania ; África,Asia,Europa,América,Oceanía
department dept departamento dpto: Sales,Marketing,Finance,IT,HR,Operations ; Ventas,Finanzas,Recursos Humanos,Marketing,Producción ; Engineering,Support,Legal,Design
status situacion: active,inactive,pending ; Open,Closed,In progress ; shipped,delivered,cancelled,returned ; activo,inactivo,pendiente ; Entregado,Enviado,Cancelado,Pendiente ; Completed,Failed,Scheduled
category categoria cat: Electronics,Furniture,Clothing,Toys,Books ; Electrónica,Hogar,Ropa,Juguetes,Libros ; Food,Drinks,Snacks,Bakery ; A,B,C
subcategory subcategoria: Phones,Chairs,Tables,Binders,Paper ; Camisas,Zapatos,Sillas,Lámparas
product producto item articulo: Laptop,Phone,Tablet,Monitor,Headphones ; Camiseta,Pantalón,Zapatos,Bolso ; Bread,Milk,Cheese,Coffee ; Pan,Leche,Queso,Café
brand marca make manufacturer fabricante: Toyota,Ford,Honda,BMW,Audi ; Samsung,Apple,Sony,LG ; Nike,Adidas,Puma ; Seat,Renault,Peugeot,Fiat
fuel combustible: Petrol,Diesel,Electric,Hybrid ; Gasolina,Diésel,Eléctrico,Híbrido
transmission transmision: Manual,Automatic ; Manual,Automático
color colour: red,blue,green,black,white ; rojo,azul,verde,negro,blanco
size talla tamano: S,M,L,XL ; small,medium,large ; pequeño,mediano,grande
payment pago: cash,credit card,debit card,PayPal ; efectivo,tarjeta,transferencia ; Cash,Card,Voucher
segment segmento: Consumer,Corporate,Home Office ; Particular,Empresa,Autónomo ; Premium,Standard,Basic
education educacion estudios: High school,Bachelor,Master,PhD ; Primaria,Secundaria,Universidad ; primary,secondary,tertiary
marital civil: Single,Married,Divorced,Widowed ; Soltero,Casado,Divorciado,Viudo
job occupation ocupacion profesion puesto cargo role: engineer,teacher,nurse,manager,analyst ; Ingeniero,Médico,Profesor,Abogado ; Developer,Designer,Tester
level nivel grade: low,medium,high ; bajo,medio,alto ; Junior,Senior,Lead ; A,B,C,D,F
type tipo kind clase class: standard,express,premium ; House,Apartment,Studio ; Piso,Casa,Chalet,Ático ; first,second,third ; Individual,Team
team equipo club: Lions,Tigers,Eagles,Bears,Sharks ; Real Madrid,Barcelona,Valencia,Sevilla,Betis ; Lakers,Bulls,Celtics,Heat
position posicion: Goalkeeper,Defender,Midfielder,Forward ; Portero,Defensa,Centrocampista,Delantero ; PG,SG,SF,PF,C
league liga competition: Premier League,La Liga,Serie A,Bundesliga ; NBA,WNBA
species especie: dog,cat,rabbit,bird ; Adelie,Gentoo,Chinstrap ; perro,gato,conejo
breed raza: Labrador,Poodle,Beagle,Bulldog ; Siamese,Persian,Bengal
genre: Action,Comedy,Drama,Horror,Romance ; Rock,Pop,Jazz,Hip Hop ; Acción,Comedia,Drama,Terror
language idioma lengua: English,Spanish,French,German ; inglés,español,francés,alemán
weather clima tiempo: sunny,rainy,cloudy,snowy ; soleado,lluvioso,nublado
weekday day dia: Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday ; lunes,martes,miércoles,jueves,viernes,sábado,domingo ; Mon,Tue,Wed,Thu,Fri,Sat,Sun
month mes: January,February,March,April,May,June ; enero,febrero,marzo,abril,mayo ; Jan,Feb,Mar,Apr
season estacion: spring,summer,autumn,winter ; primavera,verano,otoño,invierno
priority prioridad urgency: Low,Medium,High,Critical ; Baja,Media,Alta
channel canal source fuente: Online,Store,Phone ; web,tienda,teléfono ; Google,Facebook,Email,Referral
platform plataforma: PS4,Xbox One,Switch,PC ; iOS,Android,Web
browser navegador: Chrome,Firefox,Safari,Edge
device dispositivo: mobile,desktop,tablet ; móvil,ordenador,tableta
diagnosis diagnostico disease enfermedad condition: diabetes,asthma,hypertension,flu ; diabetes,asma,hipertensión,gripe ; benign,malignant
blood sangre: A+,A-,B+,O+,O-,AB+
treatment tratamiento drug group grupo: control,treatment ; placebo,drug A,drug B ; A,B
currency moneda divisa: USD,EUR,GBP ; euro,dólar,peso
smoker fumador: yes,no ; sí,no
result resultado outcome: win,loss,draw ; Pass,Fail ; aprobado,suspenso ; positive,negative
subject asignatura materia course curso: Math,Science,History,English ; Matemáticas,Lengua,Historia,Física
school colegio escuela university universidad: Lincoln High,Washington,Roosevelt ; UAM,UCM,UPM ; Harvard,Stanford,MIT,Yale
airline aerolinea carrier: Delta,United,American,Southwest ; Iberia,Vueling,Ryanair,Air Europa
airport aeropuerto origin destination origen destino: JFK,LAX,ORD,ATL ; Madrid,Barcelona,Bilbao,Valencia
party partido: Democrat,Republican,Independent ; PSOE,PP,Vox,Sumar
race ethnicity etnia: White,Black,Asian,Hispanic
room habitacion: single,double,suite ; Entire home,Private room,Shared room
store tienda branch sucursal shop: Central,Airport,Mall,Harbor ; Centro,Norte,Aeropuerto
supplier proveedor company empresa vendor: Acme,Globex,Initech,Umbrella ; Iberdrola,Repsol,Telefónica,Inditex
seller vendedor salesperson employee empleado agent: Ana,Luis,Marta,Pedro,Carmen ; Smith,Johnson,Brown,Lee
stage etapa phase fase round: group stage,semi-final,final ; qualification,quarterfinal,final
shift turno: morning,afternoon,night ; mañana,tarde,noche
rating: G,PG,PG-13,R ; AAA,AA,A,BBB
churn default survived returned attrition: Yes,No ; yes,no
material: wood,metal,plastic,glass ; madera,metal,plástico
quality calidad: poor,fair,good,excellent ; mala,regular,buena
contract contrato: monthly,yearly,two year ; indefinido,temporal,prácticas
plan subscription suscripcion: free,basic,pro ; básico,estándar,premium
"""

_RANGES = """
age edad: 18 80
year ano: 1990 2023
price precio cost coste costo amount importe: 1 900
salary salario sueldo income wage ingreso: 18000 120000
sales ventas revenue ingresos budget presupuesto profit: 100 250000
population poblacion habitantes: 1200 5000000
rating score puntuacion grade nota stars: 0 10
percent percentage pct porcentaje rate tasa: 0 100
temp temperature temperatura: -5 40
weight peso: 2 120
height altura estatura: 50 210
distance distancia: 1 2500
quantity qty cantidad units unidades stock: 1 500
duration duracion minutes length: 1 240
"""


def _table(text: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        names, _, body = line.partition(": ")
        rows.update(dict.fromkeys(names.split(), body.split(" ; ")))
    return rows


_CELLS = _table(_TEXTS)
_NUMBERS = {
    name: tuple(float(end) for end in body[0].split()) for name, body in _table(_RANGES).items()
}


def texts(rng: Random, label: str) -> tuple[str, ...]:
    """Invent the distinct texts of a column by its label's words; () where none fit."""
    for word in reversed(label_words(label)):
        lists = _CELLS.get(plain(word)) or _CELLS.get(plain(word).rstrip("s"))
        if lists:
            return tuple(text.strip() for text in rng.choice(lists).split(","))
    return ()


def bounds(rng: Random, label: str, whole: bool, distinct: int) -> tuple[float, float]:
    """Invent the range of a number column by its label's words."""
    for word in label_words(label):
        if plain(word) in _NUMBERS:
            low, high = _NUMBERS[plain(word)]
            return low, high
    if distinct <= 12:
        return (1.0, float(distinct)) if distinct > 2 else (0.0, 1.0)
    high = float(rng.choice([10, 50, 100, 500, 1000, 20000]))
    return (1.0, high) if whole else (0.0, high * 0.9)
