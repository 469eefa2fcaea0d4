import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { router } from './core/router.svelte'
import { vocabulary } from './core/vocabulary.svelte'

router.start()
void vocabulary.start()

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
mount(App, { target })
