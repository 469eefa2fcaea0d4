import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** The built explorer is committed in ../static and served by the Python application; `/api` goes to a running one. */
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../static',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: true,
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8000', '/id': 'http://127.0.0.1:8000' } },
})
