"""Pictures of studies: responses, surfaces, indices, and differences in their order."""
