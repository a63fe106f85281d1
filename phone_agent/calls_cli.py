"""x"""
import typer
app = typer.Typer()
@app.command()
def a() -> None: ...
KNOWN_ERRORS = ()
