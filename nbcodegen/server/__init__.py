"""A model behind an OpenAI-compatible address: vLLM, Ollama, llama.cpp, LM Studio, `transformers
serve`, or a team's own server.

    %nbcodegen model http://localhost:8000/v1                     the only model it has
    %nbcodegen model http://localhost:8000/v1#qwen2.5-coder:7b    this one of several

What is sent is the prompt that `%nbcodegen prompt` shows, at the privacy grade `names` unless the
user chose another, and nothing else: no header tells of this machine. A key comes from
NBCODEGEN_API_KEY or from the keyring, and goes to that address alone, redirects included.
"""

from nbcodegen.server.address import is_address
from nbcodegen.server.model import ServerModel

__all__ = ["ServerModel", "is_address"]
