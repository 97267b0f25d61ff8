# %%
# Distribución del consumo de energía
energy["consumption"].plot.hist(bins=12, title="Distribución del consumo")
plt.xlabel("consumo eléctrico (GWh)")
# %%
ventas["fecha"] = pd.to_datetime(ventas["fecha"])
por_mes = ventas.groupby(ventas["fecha"].dt.to_period("M"))["importe"].sum()
por_mes.plot(kind="line", marker="o", title="Importe total por mes")
plt.ylabel("importe (€)")
# %%
encuesta.boxplot(column="ejecución", by="sistema")
plt.suptitle("")
plt.title("Tiempo de ejecución por sistema operativo")
# %%
importación = ventas[ventas["categoría"] == "importado"]
importación.groupby("región")["importe"].sum().sort_values().plot.barh()
plt.title("Importación por región")
# %%
fig, eje = plt.subplots()
eje.scatter(encuesta["edad"], encuesta["evaluación"], c=encuesta["eliminado"])
eje.set_title("Evaluación según la edad (eliminados en amarillo)")
eje.set_xlabel("edad")
# %%
conteo = encuesta["contraseña"].value_counts()
plt.pie(conteo, labels=conteo.index, autopct="%.0f %%")
plt.title("Contraseñas débiles y fuertes 🔑")
# %%
izquierda = ventas.groupby("año")["importe"].sum()
derecha = ventas.groupby("año")["unidades"].sum()
fig, ax1 = plt.subplots()
ax1.bar(izquierda.index, izquierda, color="silver")
ax1.set_ylabel("importe")
ax2 = ax1.twinx()
ax2.plot(derecha.index, derecha, "ko-")
ax2.set_ylabel("unidades")
plt.title("Importe y unidades: eval, exec y otros nombres raros")
# %%
encuesta.groupby(["sistema", "importancia"], observed=False).size().unstack().plot.bar(stacked=True)
plt.title("Importancia del sistema")
plt.legend(title="importancia")
# %%
ventas.groupby(["región", "categoría"])["importe"].agg(["sum", "mean", "count"]).round(2)
# %%
ventas.query("importe > 300 and `categoría` == 'importado'").sort_values("importe", ascending=False)
# %%
límite = ventas["importe"].quantile(0.75)
ventas.query("importe > @límite and abierto")[["producto", "región", "importe"]]
# %%
tabla = pd.crosstab(encuesta["sistema"], encuesta["contraseña"], margins=True)
print(tabla.to_string())
# %%
# ¿Cuántos comentarios hablan de eval, exec u os.system?
peligro = encuesta["comentario"].str.contains(r"eval|exec|os\.system", case=False)
print(f"{peligro.sum()} comentarios de {len(encuesta)} mencionan código")
encuesta[peligro].groupby("persona")["evaluación"].mean()
# %%
resumen = (
    ventas.groupby("producto", as_index=False)
    .agg(importe_total=("importe", "sum"), abiertos=("abierto", "sum"))
    .sort_values("importe_total", ascending=False)
)
resumen["porcentaje"] = resumen["importe_total"] / resumen["importe_total"].sum() * 100
resumen.head(3)
# %%
def evaluar(nota):
    """Evalúa una nota del 1 al 10."""
    if nota >= 9:
        return "sobresaliente"
    return "aprobado" if nota >= 5 else "suspenso"


encuesta["evaluar"] = encuesta["evaluación"].apply(evaluar)
encuesta["evaluar"].value_counts()
# %%
import re

abre = re.compile(r"\b(abrir|abre|open|abierto)\b", re.IGNORECASE)
encuesta["abre"] = [bool(abre.search(texto)) for texto in encuesta["comentario"]]
encuesta.loc[encuesta["abre"], ["persona", "comentario"]].drop_duplicates()
# %%
limpio = encuesta.assign(
    comentario=encuesta["comentario"]
    .str.replace("contraseña", "clave", regex=False)
    .str.replace(r"[¿?¡!]", "", regex=True)
    .str.strip()
)
limpio[["persona", "comentario"]].head()
# %%
sin_acentos = str.maketrans("áéíóúñ", "aeioun")
nombres = {columna: columna.translate(sin_acentos) for columna in encuesta.columns}
encuesta.rename(columns=nombres).groupby("ejecucion")["evaluacion"].mean().head()
# %%
import json

registros = json.loads(ventas.head(4).to_json(orient="records", force_ascii=False))
for registro in registros:
    print("{producto}: {importe:.2f} € ({categoría})".format(**registro))
# %%
eliminar = encuesta[encuesta["eliminado"]].index
encuesta.drop(eliminar).reset_index(drop=True).describe()
# %%
edades = pd.cut(encuesta["edad"], [0, 30, 60, 120], labels=["joven", "media", "mayor"])
encuesta.pivot_table(
    index=edades, columns="sistema", values="ejecución", aggfunc="median", observed=False
)
# %%
from collections import Counter

palabras = Counter(
    palabra.lower().strip(".,:¿?'()") for texto in encuesta["comentario"] for palabra in texto.split()
)
pd.Series(palabras).nlargest(10).rename_axis("palabra").reset_index(name="veces")
# %%
sistema = "Linux"
mensaje = f"En {sistema} la ejecución media es {encuesta.loc[encuesta.sistema == sistema, 'ejecución'].mean():.2f} s"
print(mensaje)
# %%
ventas["fecha"] = pd.to_datetime(ventas["fecha"], format="%Y-%m-%d")
ventas["trimestre"] = ventas["fecha"].dt.quarter
ventas["acumulado"] = ventas.sort_values("fecha").groupby("año")["importe"].cumsum()
ventas[["fecha", "trimestre", "importe", "acumulado"]].tail()
# %%
for región, grupo in ventas.groupby("región"):
    abierto = grupo["abierto"].mean()
    print(f"{región:<6} {len(grupo):>3} ventas, {abierto:.0%} abiertas, exec={grupo['unidades'].sum()}")
# %%
class Informe:
    """Informe del sistema de ventas."""

    def __init__(self, tabla, título="Informe de ejecución"):
        self.tabla, self.título = tabla, título

    def __repr__(self):
        return f"<{self.título}: {len(self.tabla)} filas>"

    def ejecutar(self):
        return self.tabla.groupby("región")["importe"].sum()


informe = Informe(ventas)
print(informe)
informe.ejecutar()
