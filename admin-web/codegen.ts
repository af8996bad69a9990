import type { CodegenConfig } from '@graphql-codegen/cli'
import { trustedDocuments } from './scripts/trusted-documents'

const config: CodegenConfig = {
  schema: '../schema/schema.graphql',
  documents: ['src/**/*.graphql'],
  generates: {
    './src/gql/': {
      preset: trustedDocuments('../schema/documents/console.json'),
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        // An unknown scalar must be declared here, so that nothing becomes `any` unnoticed.
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: { DateTime: 'string', Date: 'string', UUID: 'string', Fen: 'number', ID: 'string' },
      },
    },
  },
}
export default config
