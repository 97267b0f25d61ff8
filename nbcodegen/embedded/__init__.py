"""The model that ships with the package: a small reader and a pointer decoder, on onnxruntime."""
